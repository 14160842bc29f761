using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>Where the services of a simulated network listen.</summary>
internal sealed class ServicePlaces
{
    private readonly HashSet<(string Host, int Port, ServiceTransport Transport)> _all = [];

    public void Add(string host, int port, ServiceTransport transport) => _all.Add((host, port, transport));

    public bool HasUdp(string host, int port) => _all.Contains((host, port, ServiceTransport.Udp));

    public bool HasTls(string host, int port) => _all.Contains((host, port, ServiceTransport.Tls));

    /// <summary>With TLS or without.</summary>
    public bool HasTcp(string host, int port) =>
        HasTls(host, port) || _all.Contains((host, port, ServiceTransport.Tcp));
}
