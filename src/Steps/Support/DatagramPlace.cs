using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Steps.Support;

/// <summary>Where datagrams arrive: a host, or one port of it.</summary>
internal sealed record DatagramPlace(string Host, int? Port)
{
    /// <summary>Reads "host" or "udp://host:7000".</summary>
    /// <exception cref="FormatException">It is a URL of something else.</exception>
    public static DatagramPlace Parse(string text)
    {
        if (!text.Contains(':', StringComparison.Ordinal)) return new DatagramPlace(text.ToLowerInvariant(), null);
        var url = text.Contains("://", StringComparison.Ordinal) ? text : "udp://" + text;
        return ServiceUrl.Parse(url) is { Transport: ServiceTransport.Udp } place
            ? new DatagramPlace(place.Host, place.Port)
            : throw new FormatException($"'{text}' takes no datagrams; write a host or udp://HOST:PORT");
    }

    public bool Takes(SessionEvent happened) =>
        happened is DatagramIn { Connection: var to } && to.Host == Host && (Port is null || to.Port == Port);
}
