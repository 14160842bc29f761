using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Steps.Support;

/// <summary>Where datagrams arrive: a host, or one port of it.</summary>
internal sealed record DatagramPlace(string Host, int? Port)
{
    /// <summary>Reads "host", "host:7000" or "udp://host:7000".</summary>
    /// <exception cref="FormatException">It is a URL of something else.</exception>
    public static DatagramPlace Parse(string text)
    {
        var isUrl = text.Contains("://", StringComparison.Ordinal);
        // An address of IPv6 has several colons.
        if (!isUrl && text.Count(c => c == ':') != 1) return new DatagramPlace(text.ToLowerInvariant(), null);
        var url = isUrl ? text : "udp://" + text;
        return ServiceUrl.Parse(url) is { Transport: ServiceTransport.Udp } place
            ? new DatagramPlace(place.Host, place.Port)
            : throw new FormatException($"'{text}' takes no datagrams; write a host or udp://HOST:PORT");
    }

    public bool Takes(SessionEvent happened) =>
        happened is DatagramIn { Connection: var to } && to.Host == Host && (Port is null || to.Port == Port);
}
