using AirHil.Live.Edge;
using AirHil.Live.Tls;

namespace AirHil.Live.Network;

/// <summary>What a live network may do, and how.</summary>
public sealed record LiveNetworkOptions
{
    /// <summary>
    /// Hosts of the real world that modems may reach; all where nothing else is said. Another name is answered by
    /// NXDOMAIN, another address by RST, on the record.
    /// </summary>
    public AllowedHosts Allowed { get; init; } = AllowedHosts.All;

    /// <summary>Who resolves the names of the real world.</summary>
    public IHostResolver Resolver { get; init; } = SystemHostResolver.Instance;

    /// <summary>How certificates of servers are judged; as the module does where nothing else is said.</summary>
    public CertificatePolicy Certificates { get; init; } = CertificatePolicy.AsModule;

    /// <summary>Where the run's own services listen.</summary>
    public EdgeOptions Edge { get; init; } = new();

    /// <summary>Services of the user's own that are reached through the edge, so that faults act on them.</summary>
    public IReadOnlyList<Upstream> Upstreams { get; init; } = [];

    /// <summary>Connections that one modem may hold; one more resets its oldest, on the record. 1 to 4096.</summary>
    public int ConnectionsPerModem { get; init; } = 64;

    /// <summary>
    /// How long bytes wait for a blocked way before their sender gives up, as TCP does (RFC 9293 §3.8.3 asks for 100 s
    /// or more).
    /// </summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromMinutes(15);
}
