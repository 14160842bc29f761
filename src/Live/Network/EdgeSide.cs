using AirHil.Live.Edge;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;
using System.Net;
using System.Net.Sockets;

namespace AirHil.Live.Network;

/// <summary>The service's end of TCP and TLS: what the edge accepts, and what the service does with it.</summary>
internal sealed class EdgeSide
{
    private readonly SortedDictionary<int, EdgeLink> _edge = [];

    /// <summary>Those of clients of the real world that have not said anything yet that was answered.</summary>
    private readonly SortedSet<int> _newcomers = [];

    private readonly LiveShared _shared;
    private readonly NetworkState _net;
    private readonly EdgeListeners _listeners;
    private readonly ModemSide _modems;
    private readonly UpstreamRelay _upstreams;
    private bool _isFull;
    private bool _hasSentAway;

    /// <param name="shared">What the parts of the network share.</param>
    /// <param name="modems">The other end of connections from this run's _modems.</param>
    public EdgeSide(LiveShared shared, EdgeListeners listeners, ModemSide modems)
    {
        (_shared, _net, _listeners, _modems) = (shared, shared.Net, listeners, modems);
        _upstreams = new UpstreamRelay(shared, this);
    }

    public bool Contains(EdgeLink link) => _edge.ContainsKey(link.Id);

    public void FromService(ServiceOutput output)
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
                // After the client's FIN nothing comes that could be answered.
                if (forgotten.IsClientEnded) Remove(forgotten);
                break;
            default:
                throw new ArgumentException($"The network does not know {output.GetType().Name}", nameof(output));
        }
    }

    /// <summary>Connections with a host (null: all), of a modem or of all, end at both ends.</summary>
    public void ResetAll(string? host, string? modem)
    {
        var open = _edge.Values
            .Where(l => !l.IsInside && ActingFaults.IsFor(modem, l.Client))
            .Where(l => ActingFaults.IsFor(host, l.Listener.Host)).ToArray();
        foreach (var link in open)
        {
            _net.Record(link.Client, new TcpReset(_net.Now, link.Label));
            Reset(link);
        }
    }

    /// <summary>The process behind a host dies (null: all), for a modem or for all.</summary>
    public void KillAll(string? host, string? modem)
    {
        var killed = _edge.Values
            .Where(l => !l.IsInside && ActingFaults.IsFor(modem, l.Client))
            .Where(l => ActingFaults.IsFor(host, l.Listener.Host)).ToArray();
        foreach (var link in killed)
        {
            _net.Record(link.Client, new TcpEnded(_net.Now, link.Label, Reset: true));
            Reset(link);
        }
    }

    /// <summary>A way may have become free, slow or blocked.</summary>
    public void UpdatePaths()
    {
        foreach (var link in _edge.Values.Where(l => !l.IsInside))
        {
            var (client, host) = (link.Client, link.Listener.Host);
            link.Path.Set(_shared.IsBlocked(client, host), _shared.SlowAtEdge(client, host));
        }
    }

    /// <summary>A client has connected.</summary>
    public void Accept(EdgeListener listener, Socket socket)
    {
        listener.Taken();
        if (socket.RemoteEndPoint is not IPEndPoint remote)
        {
            socket.Dispose();
            return;
        }

        var modemLink = _modems.FindInside(remote);
        var isInside = modemLink is not null;
        var client = modemLink?.Air.Modem ?? _shared.Options.Edge.ModemOf?.Invoke(remote.Address) ?? "1";
        var isFull = _edge.Count >= _shared.Options.Edge.ConnectionLimit;
        if (isFull || (!isInside && _net.Faults.Strike<RefuseConnections>(client, listener.Host) is not null))
        {
            if (isFull && !_isFull)
            {
                _shared.Notice(client, $"more than {_shared.Options.Edge.ConnectionLimit} connections to the edge");
            }

            _isFull = isFull;
            socket.Close(0);
            return;
        }

        var path = isInside
            ? _shared.NewPath(false, default)
            : _shared.NewPath(_shared.IsBlocked(client, listener.Host), _shared.SlowAtEdge(client, listener.Host));
        if (!isInside) MakeRoom();
        EdgeLink? link = null;
        link = new EdgeLink(modemLink?.Id ?? _shared.NextLink(), listener, client, isInside, path)
        {
            Connection = new LiveConnection(socket, path, e => _shared.Post(() => Handle(link!, e))),
        };
        _edge.Add(link.Id, link);
        if (!isInside) _newcomers.Add(link.Id);
        if (!isInside) _net.Record(client, new TcpOpened(_net.Now, link.Label));
        if (!isInside && _net.Faults.Strike<ResetConnections>(client, listener.Host) is not null)
        {
            _net.Record(client, new TcpReset(_net.Now, link.Label));
            Reset(link);
            return;
        }

        Begin(link);
        _shared.Track(link.Connection);
    }

    public void SendToClient(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.HasSpoken) _newcomers.Remove(link.Id);
        link.Waiting.Enqueue(bytes);
        link.Connection.Order(new ConnectionOrder.Send(bytes));
    }

    /// <summary>Both ends learn that the connection is gone.</summary>
    public void Reset(EdgeLink link)
    {
        link.Connection.Reset();
        link.Onward?.Reset();
        if (link.IsAccepted && !link.IsServiceGone) _net.ToService(new ServiceInput.Closed(link.Id, true));
        Forget(link);
    }

    /// <summary>Releases every socket.</summary>
    public void Release()
    {
        foreach (var link in _edge.Values)
        {
            link.Connection.Dispose();
            link.Onward?.Dispose();
        }
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

        switch (link.IsInside ? null : _net.Faults.Strike<FailTls>(link.Client, link.Listener.Host))
        {
            case { Hang: true }:
                _net.Record(link.Client, new TlsHung(_net.Now, link.Label));
                link.IsHung = true;
                connection.Start(receive: true);
                break;
            case not null:
                _net.Record(link.Client, new TlsFailed(_net.Now, link.Label, "handshake failure"));
                connection.Start(receive: false);
                connection.Order(new ConnectionOrder.RefuseTls());
                break;
            default:
                connection.Start(receive: false);
                connection.Order(new ConnectionOrder.SecureAsServer(_listeners.CertificateOf(link.Listener.Host)));
                break;
        }
    }

    private void Handle(EdgeLink link, ConnectionEvent happened)
    {
        if (!_edge.ContainsKey(link.Id)) return;
        switch (happened)
        {
            case ConnectionEvent.Announced when link.Listener.Upstream is { } upstream:
                _upstreams.GoOn(link, upstream);
                break;
            case ConnectionEvent.Announced:
                AcceptAtService(link, false, "");
                break;
            case ConnectionEvent.Secured(var serverName):
                if (!link.IsInside) _net.Record(link.Client, new TlsOpened(_net.Now, link.Label));
                AcceptAtService(link, true, serverName);
                break;
            case ConnectionEvent.TlsFailed(var reason):
                if (!link.IsInside) _net.Record(link.Client, new TlsFailed(_net.Now, link.Label, reason));
                Remove(link);
                break;
            case ConnectionEvent.Received(var bytes):
                link.HasSpoken = true;
                Receive(link, bytes);
                break;
            case ConnectionEvent.Acknowledged(var bytes):
                link.Connection.CountDown(bytes);
                var sent = link.Waiting.Dequeue();
                if (!link.IsInside) _net.Record(link.Client, new TcpReceived(_net.Now, link.Label, sent));
                link.Onward?.Consumed(bytes);
                break;
            case ConnectionEvent.Ended(var reset, var gaveUp):
                ClientEnded(link, reset, gaveUp);
                break;
            case ConnectionEvent.Finished:
                if (link.IsAccepted && !link.IsServiceGone) _net.ToService(new ServiceInput.Closed(link.Id, true));
                if (!link.IsClientEnded) UpstreamRelay.End(link, reset: false);
                Remove(link);
                break;
            default:
                break;
        }
    }

    private void AcceptAtService(EdgeLink link, bool tls, string serverName)
    {
        link.IsAccepted = true;
        _net.ToService(
            new ServiceInput.Accepted(link.Id, link.Client, link.Listener.Host, link.Listener.Port, tls, serverName));
    }

    private void Receive(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.IsHung)
        {
            link.Connection.Consumed(bytes.Length);
            return;
        }

        if (!link.IsInside && !link.IsServiceGone) _net.Record(link.Client, new TcpSent(_net.Now, link.Label, bytes));
        if (link.Listener.Upstream is not null)
        {
            _upstreams.CarryOn(link, bytes);
            return;
        }

        link.Connection.Consumed(bytes.Length);
        if (!link.IsServiceGone) _net.ToService(new ServiceInput.Received(link.Id, bytes));
    }

    private void ClientEnded(EdgeLink link, bool reset, bool gaveUp)
    {
        if (gaveUp) _net.Record(link.Client, new TcpTimedOut(_net.Now, link.Label, AtService: true));
        if (!link.IsInside && !link.IsClientEnded) _net.Record(link.Client, new TcpClosed(_net.Now, link.Label, reset));
        link.IsClientEnded = true;
        if (link.Listener.Upstream is not null)
        {
            UpstreamRelay.End(link, reset);
        }
        else if (link.IsAccepted && !link.IsServiceGone)
        {
            _net.ToService(new ServiceInput.Closed(link.Id, reset));
            link.IsServiceGone = reset;
        }
        else
        {
            reset = true;
        }

        if (reset) Remove(link);
    }

    private void Remove(EdgeLink link)
    {
        link.Connection.Dispose();
        Forget(link);
    }

    private void Forget(EdgeLink link)
    {
        _edge.Remove(link.Id);
        _newcomers.Remove(link.Id);
    }

    /// <summary>Those that say nothing, or say it slowly, keep nobody out: the oldest of them makes room.</summary>
    private void MakeRoom()
    {
        if (_newcomers.Count < _shared.Options.Edge.NewcomerLimit) return;
        var oldest = _edge[_newcomers.Min];
        if (!_hasSentAway)
        {
            _shared.Notice(
                oldest.Client,
                $"more than {_shared.Options.Edge.NewcomerLimit} connections to the edge have said nothing that " +
                "was answered; the oldest of them is reset for each further one");
        }

        _hasSentAway = true;
        _net.Record(oldest.Client, new TcpEnded(_net.Now, oldest.Label, Reset: true));
        Reset(oldest);
    }

    private void SendFromService(EdgeLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.IsServiceGone) return; // The service sent before it heard that the connection is gone.
        SendToClient(link, bytes);
        if (link.Connection.WaitingBytes <= LiveNetwork.QueueLimitBytes) return;
        _net.Record(link.Client, new TcpQueueFull(_net.Now, link.Label));
        Reset(link);
    }

    private void CloseFromService(EdgeLink link, bool reset)
    {
        if (link.IsServiceGone) return;
        link.IsServiceGone = true;
        if (!link.IsInside && !link.IsClientEnded)
        {
            _net.Record(link.Client, new TcpEnded(_net.Now, link.Label, reset));
        }

        if (!reset)
        {
            link.Connection.Order(new ConnectionOrder.Finish());
            return;
        }

        link.Connection.Reset();
        Forget(link);
    }
}
