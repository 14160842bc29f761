namespace AirHil.Rig.Service;

/// <summary>A word that the URL of a service may begin with.</summary>
/// <param name="DefaultPort">Where the URL names none; null: it must name one.</param>
/// <param name="Example">The simplest thing that its services do.</param>
/// <param name="HasPath">Several endpoints may share a port, told apart by their paths.</param>
internal sealed record UrlScheme(
    string Name, int? DefaultPort, ServiceTransport Transport, string Example, bool HasPath = false)
{
    /// <summary>Every scheme. The protocol that speaks it names it too.</summary>
    public static IReadOnlyList<UrlScheme> All { get; } =
    [
        new("ws", 80, ServiceTransport.Tcp, "echo", HasPath: true),
        new("wss", 443, ServiceTransport.Tls, "echo", HasPath: true),
        new("tcp", null, ServiceTransport.Tcp, "echo"),
        new("udp", null, ServiceTransport.Udp, "echo"),
        new("http", 80, ServiceTransport.Tcp, "200 hello", HasPath: true),
        new("https", 443, ServiceTransport.Tls, "200 hello", HasPath: true),
        new("mqtt", 1883, ServiceTransport.Tcp, "broker"),
        new("mqtts", 8883, ServiceTransport.Tls, "broker"),
        new("ftp", 21, ServiceTransport.Tcp, "server"),
        new("ntp", 123, ServiceTransport.Udp, "right"),
    ];

    /// <returns>Null where there is no such scheme.</returns>
    public static UrlScheme? Find(string name)
    {
        foreach (var scheme in All)
        {
            if (string.Equals(scheme.Name, name, StringComparison.Ordinal)) return scheme;
        }

        return null;
    }
}
