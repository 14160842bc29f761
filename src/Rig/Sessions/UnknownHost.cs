using AirHil.Rig.Service;

namespace AirHil.Rig.Sessions;

/// <summary>A name that a module asked for and no service has.</summary>
/// <param name="Name">As the module asked.</param>
/// <param name="Service">What it was asked for, such as "mqtt://broker.test:1883"; null: nobody knows.</param>
public sealed record UnknownHost(string Name, string? Service)
{
    /// <summary>
    /// The URL of the service that the script misses, a WebSocket where nobody knows; null: no host can have that name,
    /// as where a setting is empty.
    /// </summary>
    public string? Url => IsUrl(Service) ? ServiceUrl.Parse(Service!).ToString() : IsUrl(Guess) ? Guess : null;

    /// <summary>The simplest thing that such a service can do, as steps and --service have it.</summary>
    public string Does =>
        UrlScheme.Find(Url?[..Url.IndexOf(':', StringComparison.Ordinal)] ?? "")?.Example ?? "echo";

    private string Guess => $"ws://{Name}/";

    private static bool IsUrl(string? text)
    {
        try
        {
            return text is not null && ServiceUrl.Parse(text).Host.Length > 0;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
