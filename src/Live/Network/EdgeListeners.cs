using AirHil.Live.Edge;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace AirHil.Live.Network;

/// <summary>Where the run's own services listen in the real world, with their certificates.</summary>
/// <param name="shared">What the parts of the network share.</param>
/// <param name="own">The certificate of all TLS services; null: each gets one of the lab's authority.</param>
/// <param name="accept">Takes a connection, on the world's thread.</param>
internal sealed class EdgeListeners(
    LiveShared shared, SslStreamCertificateContext? own, Action<EdgeListener, Socket> accept) : IDisposable
{
    private readonly NetworkState _net = shared.Net;
    private readonly Dictionary<(string Host, int Port), EdgeListener> _listeners = [];
    private readonly Dictionary<string, Task<SslStreamCertificateContext>> _certificates =
        new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where this machine reaches its own services.</summary>
    public IPAddress InsideAddress =>
        shared.Options.Edge.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : shared.Options.Edge.Address;

    /// <summary>The certificate of a TLS service; it may still be in the making.</summary>
    public Task<SslStreamCertificateContext> CertificateOf(string host) => _certificates[host];

    /// <summary>A service is to be reached from now on.</summary>
    public void Listen(string host, int port, ServiceTransport transport, Upstream? upstream)
    {
        _net.Hosts.Add(host);
        if (_listeners.TryGetValue((host, port), out var taken))
        {
            throw new InvalidOperationException(
                $"{taken.Label} is served twice; an upstream and a service cannot share a host and port");
        }

        var place = new IPEndPoint(shared.Options.Edge.Address, ListenPort(host, port));
        var listener = new EdgeListener(
            host, port, transport, upstream, place, (from, socket) => shared.Post(socket, () => accept(from, socket)));
        _listeners.Add((host, port), listener);
        if (transport == ServiceTransport.Tls) PrepareCertificate(host);
        if (IsDown(listener)) return;
        try
        {
            listener.Open();
        }
        catch (SocketException problem)
        {
            throw CannotListen(listener.Label, place, problem);
        }

        var origin = upstream is null ? "" : " from " + upstream;
        shared.Notice("", $"{listener.Label} is served at {listener.Place}{origin}");
    }

    /// <summary>The same for UDP.</summary>
    /// <param name="bind">Binds the socket.</param>
    public void ListenUdp(string host, int port, Func<IPEndPoint, IPEndPoint> bind)
    {
        _net.Hosts.Add(host);
        var place = new IPEndPoint(shared.Options.Edge.Address, ListenPort(host, port));
        var label = string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
        try
        {
            var at = bind(place);
            shared.Notice("", $"{label} is served at {at} (UDP)");
        }
        catch (SocketException problem)
        {
            throw CannotListen(label, place, problem);
        }
    }

    /// <summary>Shuts those that refuse everybody, and opens the others.</summary>
    public void Update()
    {
        foreach (var listener in _listeners.Values)
        {
            if (IsDown(listener)) listener.Shut();
            else Reopen(listener, 0);
        }
    }

    /// <summary>Where this machine reaches a service; null: there is none.</summary>
    public IPEndPoint? InsideTarget(string host, int port)
    {
        // While it is shut, its last place refuses by itself.
        if (!_listeners.TryGetValue((host, port), out var listener) || listener.Place.Port == 0) return null;
        return new IPEndPoint(InsideAddress, listener.Place.Port);
    }

    public void Dispose()
    {
        foreach (var listener in _listeners.Values) listener.Dispose();
    }

    /// <summary>
    /// One that is made takes a good part of a second, and more on a busy host: beside the world, and before a module
    /// asks for it.
    /// </summary>
    private void PrepareCertificate(string host)
    {
        if (_certificates.ContainsKey(host)) return;
        _certificates[host] = own is not null
            ? Task.FromResult(own)
            : Task.Run(() => shared.Options.Edge.Lab.Value.ContextFor(host));
    }

    private int ListenPort(string host, int port)
    {
        foreach (var known in shared.Options.Edge.Ports)
        {
            if (known.Port == port && ActingFaults.IsFor(known.Host, host)) return known.ListenPort;
        }

        return 0;
    }

    private static InvalidOperationException CannotListen(string label, IPEndPoint place, SocketException problem)
    {
        var next = problem.SocketErrorCode switch
        {
            SocketError.AddressAlreadyInUse =>
                "another program (or another run) listens there: end it, or give the service another port",
            SocketError.AccessDenied => "ports below 1024 need the right to listen there: give it one above",
            SocketError.AddressNotAvailable => "this machine has no such address: listen on 0.0.0.0, or on one it has",
            _ => "give the edge another address or port",
        };
        return new InvalidOperationException(
            $"the service {label} cannot listen on {place}: {problem.Message}; {next}", problem);
    }

    private bool IsDown(EdgeListener listener) => _net.Faults.IsDown(listener.Host);

    /// <summary>The port may be held for a moment by somebody who got it meanwhile.</summary>
    private void Reopen(EdgeListener listener, int attempt)
    {
        const int MostAttempts = 50;
        if (listener.IsOpen || IsDown(listener)) return;
        try
        {
            listener.Open();
        }
        catch (SocketException) when (attempt < MostAttempts)
        {
            shared.After(TimeSpan.FromMilliseconds(100), () => Reopen(listener, attempt + 1));
        }
        catch (SocketException problem)
        {
            throw CannotListen(listener.Label, listener.Place, problem);
        }
    }
}
