using AirHil.Rig.Service;

namespace AirHil.Rig.Sessions;

/// <summary>A name that a module asked for and no service has.</summary>
/// <param name="Name">As the module asked.</param>
/// <param name="Service">What it was asked for, such as "mqtt://broker.test:1883"; null: nobody knows.</param>
public sealed record UnknownHost(string Name, string? Service)
{
    /// <summary>The URL of the service that the script misses; a WebSocket where nobody knows.</summary>
    public string Url
    {
        get
        {
            try
            {
                return ServiceUrl.Parse(Service ?? "").ToString();
            }
            catch (FormatException)
            {
                return $"ws://{Name}/";
            }
        }
    }

    /// <summary>The simplest thing that such a service can do, as steps and --service have it.</summary>
    public string Does => UrlScheme.Find(Url[..Url.IndexOf(':', StringComparison.Ordinal)])?.Example ?? "echo";
}
