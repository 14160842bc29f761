using System.Collections.Concurrent;
using System.Net.Security;
using System.Net.Sockets;
using System.Net;
using AirHil.Live.Edge;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Live.Network;

/// <summary>The service's end: listeners, what they accept, and what the service does with it.</summary>
public sealed partial class LiveNetwork
{
    private readonly SortedDictionary<int, EdgeLink> _edge = [];
    private readonly Dictionary<(string Host, int Port), EdgeListener> _listeners = [];
    private readonly ConcurrentDictionary<(string Host, int Port), IPEndPoint> _places = new();
    private readonly SslStreamCertificateContext? _ownCertificate;
    private readonly Dictionary<string, Task<SslStreamCertificateContext>> _certificates =
        new(StringComparer.OrdinalIgnoreCase);
    private bool _isFull;

    /// <summary>
    /// Where in the real world a service of the run (or an upstream) listens; null if there is none.
    /// </summary>
    /// <param name="host">The host of its URL.</param>
    /// <param name="port">The port of its URL.</param>
    public IPEndPoint? PlaceOf(string host, int port) => _places.GetValueOrDefault((host.ToLowerInvariant(), port));

    private void Handle(ServiceOutput output)
    {
        switch (output)
        {
            case ServiceOutput.Send(var connection, var bytes):
                if (_edge.TryGetValue(connection, out var sender)) SendFromService(sender, bytes);
                break;
            case ServiceOutput.Close(var connection, var reset):
                if (_edge.TryGetValue(connection, out var closed)) CloseFromService(closed, reset);
                break;
            case ServiceOutput.Forget(var connection):
                if (!_edge.TryGetValue(connection, out var forgotten)) break;
                forgotten.IsServiceGone = true;
                forgotten.Connection.Forget();
                break;
            case ServiceOutput.SendDatagram datagram:
                AnswerDatagram(datagram);
                break;
            case ServiceOutput.Listening(var host, var port, ServiceTransport.Udp):
                ListenUdp(host, port);
                break;
            case ServiceOutput.Listening(var host, var port, var transport):
                Listen(host, port, transport, null);
                break;
            case ServiceOutput.Recorded(var happened):
                _outputs.Enqueue(new Rig.Network.NetworkOutput.Recorded(happened));
                break;
            default:
                throw new ArgumentException($"The network does not know {output.GetType().Name}", nameof(output));
        }
    }

    private void Listen(string host, int port, ServiceTransport transport, Upstream? upstream)
    {
        Hosts.Add(host);
        if (_listeners.TryGetValue((host, port), out var taken))
        {
            throw new InvalidOperationException(
                $"{taken.Label} is served twice; an upstream and a service cannot share a host and port");
        }

        var place = new IPEndPoint(_options.Edge.Address, ListenPort(host, port));
        var listener = new EdgeListener(
            host, port, transport, upstream, place, (from, socket) => Post(socket, () => Accept(from, socket)));
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

        _places[(host, port)] = listener.Place;
        Notice("", $"{listener.Label} is served at {listener.Place}{(upstream is null ? "" : " from " + upstream)}");
    }

    /// <summary>
    /// One that is made takes a good part of a second, and more on a busy host: beside the world, and before a module
    /// asks for it.
    /// </summary>
    private void PrepareCertificate(string host)
    {
        if (_certificates.ContainsKey(host)) return;
        _certificates[host] = _ownCertificate is { } own
            ? Task.FromResult(own)
            : Task.Run(() => Certificates.ContextFor(host));
    }

    private int ListenPort(string host, int port)
    {
        foreach (var known in _options.Edge.Ports)
        {
            if (known.Port == port && IsFor(known.Host, host)) return known.ListenPort;
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

    private bool IsDown(EdgeListener listener)
    {
        foreach (var (fault, modem) in _faults)
        {
            if (fault is RefuseConnections down && modem is null && IsFor(down.Host, listener.Host)) return true;
        }

        return false;
    }

    private void UpdateListeners()
    {
        foreach (var listener in _listeners.Values)
        {
            if (IsDown(listener)) listener.Shut();
            else Reopen(listener, 0);
        }
    }

    /// <summary>The port may be held for a moment by somebody who got it meanwhile.</summary>
    private void Reopen(EdgeListener listener, int attempt)
    {
        const int MostAttempts = 50;
        if (listener.IsOpen || IsDown(listener)) return;
        try
        {
            listener.Open();
            _places[(listener.Host, listener.Port)] = listener.Place;
        }
        catch (SocketException) when (attempt < MostAttempts)
        {
            After(TimeSpan.FromMilliseconds(100), () => Reopen(listener, attempt + 1));
        }
        catch (SocketException problem)
        {
            throw CannotListen(listener.Label, listener.Place, problem);
        }
    }

    private IPEndPoint? InsideTarget(string host, int port)
    {
        // While it is shut, its last place refuses by itself.
        if (!_listeners.TryGetValue((host, port), out var listener) || listener.Place.Port == 0) return null;
        return new IPEndPoint(InsideAddress, listener.Place.Port);
    }

    private IPAddress InsideAddress =>
        _options.Edge.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : _options.Edge.Address;

    /// <summary>Binds our end of a connection to the edge, so that the edge knows it when it accepts it.</summary>
    private static IPEndPoint? BindInside(Socket socket, IPEndPoint target)
    {
        try
        {
            socket.Bind(new IPEndPoint(target.Address, 0));
            return (IPEndPoint)socket.LocalEndPoint!;
        }
        catch (SocketException)
        {
            return null; // The connect will tell.
        }
    }

    private void Accept(EdgeListener listener, Socket socket)
    {
        listener.Taken();
        if (socket.RemoteEndPoint is not IPEndPoint remote)
        {
            socket.Dispose();
            return;
        }

        var isInside = _inside.TryGetValue(remote, out var modemLink);
        var client = modemLink?.Air.Modem ?? _options.Edge.ModemOf?.Invoke(remote.Address) ?? "1";
        var isFull = _edge.Count >= _options.Edge.ConnectionLimit;
        if (isFull || (!isInside && IsRefused(client, listener.Host)))
        {
            if (isFull && !_isFull)
            {
                Notice(client, $"more than {_options.Edge.ConnectionLimit} connections to the edge");
            }

            _isFull = isFull;
            socket.Close(0);
            return;
        }

        var path = isInside
            ? NewPath(false, null)
            : NewPath(IsBlocked(client, listener.Host), Acting<SlowLink>(client));
        EdgeLink? link = null;
        link = new EdgeLink(modemLink?.Id ?? _nextLink++, listener, client, isInside, path)
        {
            Connection = new LiveConnection(socket, path, e => Post(() => Handle(link!, e))),
        };
        _edge.Add(link.Id, link);
        if (!isInside) Record(client, new TcpOpened(_now, link.Label));
        Begin(link);
        Track(link.Connection);
    }

    private void Begin(EdgeLink link)
    {
        var connection = link.Connection;
        if (link.Listener.Transport != ServiceTransport.Tls)
        {
            connection.Start(receive: false);
            connection.Order(new ConnectionOrder.Announce());
            return;
        }

        switch (link.IsInside ? null : Acting<FailTls>(link.Client))
        {
            case { Hang: true }:
                Record(link.Client, new TlsHung(_now, link.Label));
                link.IsHung = true;
                connection.Start(receive: true);
                break;
            case not null:
                Record(link.Client, new TlsFailed(_now, link.Label, "handshake failure"));
                connection.Start(receive: false);
                connection.Order(new ConnectionOrder.RefuseTls());
                break;
            default:
                connection.Start(receive: false);
                connection.Order(new ConnectionOrder.SecureAsServer(_certificates[link.Listener.Host]));
                break;
        }
    }

    private void Handle(EdgeLink link, ConnectionEvent happened)
    {
        if (!_edge.ContainsKey(link.Id)) return;
        switch (happened)
        {
            case ConnectionEvent.Announced when link.Listener.Upstream is { } upstream:
                GoOn(link, upstream);
                break;
            case ConnectionEvent.Announced:
                AcceptAtService(link, false, "");
                break;
            case ConnectionEvent.Secured(var serverName):
                if (!link.IsInside) Record(link.Client, new TlsOpened(_now, link.Label));
                AcceptAtService(link, true, serverName);
                break;
            case ConnectionEvent.TlsFailed(var reason):
                if (!link.IsInside) Record(link.Client, new TlsFailed(_now, link.Label, reason));
                link.Connection.Dispose();
                _edge.Remove(link.Id);
                break;
            case ConnectionEvent.Received(var bytes):
                Receive(link, bytes);
                break;
            case ConnectionEvent.Acknowledged(var bytes):
                link.Connection.CountDown(bytes);
                var sent = link.Waiting.Dequeue();
                if (!link.IsInside) Record(link.Client, new TcpReceived(_now, link.Label, sent));
                link.Onward?.Consumed(bytes);
                break;
            case ConnectionEvent.Ended(var reset, var gaveUp):
                ClientEnded(link, reset, gaveUp);
                break;
            default:
                break;
        }
    }

    private void AcceptAtService(EdgeLink link, bool tls, string serverName)
    {
        link.IsAccepted = true;
        ToService(
            new ServiceInput.Accepted(link.Id, link.Client, link.Listener.Host, link.Listener.Port, tls, serverName));
    }

    private void Receive(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.IsHung)
        {
            link.Connection.Consumed(bytes.Length);
            return;
        }

        if (!link.IsInside && !link.IsServiceGone) Record(link.Client, new TcpSent(_now, link.Label, bytes));
        if (link.Listener.Upstream is not null)
        {
            CarryOn(link, bytes);
            return;
        }

        link.Connection.Consumed(bytes.Length);
        if (!link.IsServiceGone) ToService(new ServiceInput.Received(link.Id, bytes));
    }

    private void ClientEnded(EdgeLink link, bool reset, bool gaveUp)
    {
        if (gaveUp) Record(link.Client, new TcpTimedOut(_now, link.Label, AtService: true));
        if (!link.IsInside && !link.IsClientEnded) Record(link.Client, new TcpClosed(_now, link.Label, reset));
        link.IsClientEnded = true;
        if (link.Listener.Upstream is not null)
        {
            EndOnward(link, reset);
        }
        else if (link.IsAccepted && !link.IsServiceGone)
        {
            ToService(new ServiceInput.Closed(link.Id, reset));
            link.IsServiceGone = reset;
        }
        else
        {
            reset = true;
        }

        if (!reset) return;
        link.Connection.Dispose();
        _edge.Remove(link.Id);
    }

    /// <summary>Both ends learn that the connection is gone.</summary>
    private void ResetEdge(EdgeLink link)
    {
        link.Connection.Reset();
        link.Onward?.Reset();
        if (link.IsAccepted && !link.IsServiceGone) ToService(new ServiceInput.Closed(link.Id, true));
        _edge.Remove(link.Id);
    }

    private void SendFromService(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.IsServiceGone) return; // The service sent before it heard that the connection is gone.
        SendToClient(link, bytes);
        if (link.Connection.WaitingBytes <= QueueLimitBytes) return;
        Record(link.Client, new TcpQueueFull(_now, link.Label));
        ResetEdge(link);
    }

    private static void SendToClient(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        link.Waiting.Enqueue(bytes);
        link.Connection.Order(new ConnectionOrder.Send(bytes));
    }

    private void CloseFromService(EdgeLink link, bool reset)
    {
        if (link.IsServiceGone) return;
        link.IsServiceGone = true;
        if (!link.IsInside && !link.IsClientEnded)
        {
            Record(link.Client, new TcpEnded(_now, link.Label, reset));
        }

        if (!reset)
        {
            link.Connection.Order(new ConnectionOrder.Finish());
            return;
        }

        link.Connection.Reset();
        _edge.Remove(link.Id);
    }
}
