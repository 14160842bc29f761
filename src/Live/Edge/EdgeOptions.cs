using System.Net;
using System.Security.Cryptography.X509Certificates;
using AirHil.Live.Tls;

namespace AirHil.Live.Edge;

/// <summary>Where the run's own services listen in the real world.</summary>
public sealed record EdgeOptions
{
    /// <summary>The address to listen on: loopback where nothing else is said.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Ports that must be known in advance; every other service gets a free one.</summary>
    public IReadOnlyList<EdgePort> Ports { get; init; } = [];

    /// <summary>
    /// The certificate of TLS services, with its private key; null: one for each host, made in memory by
    /// <see cref="Lab"/>.
    /// </summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates between <see cref="Certificate"/> and its authority, which clients are sent too.</summary>
    public X509Certificate2Collection? Chain { get; init; }

    /// <summary>
    /// Makes certificates for those that were given none, at the first need. A key takes a good part of a second to
    /// make, so every network with these options shares them.
    /// </summary>
    public Lazy<LabCertificates> Lab { get; init; } = new(() => new LabCertificates());

    /// <summary>Which modem is behind a client of the real world, by its address; the modem "1" where null.</summary>
    public Func<IPAddress, string>? ModemOf { get; init; }

    /// <summary>Connections at one time; a further one is closed at once, on the record. 1 to 65,535.</summary>
    public int ConnectionLimit { get; init; } = 1024;

    /// <summary>
    /// Of these, connections whose client has not said anything yet that was answered; for a further one the oldest of
    /// them is reset.
    /// </summary>
    public int NewcomerLimit { get; init; } = 256;
}
