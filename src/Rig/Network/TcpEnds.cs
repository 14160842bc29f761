using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;

namespace AirHil.Rig.Network;

/// <summary>
/// The two ends of TCP connections: which there are, what each end learns of the other, and how they end: by FIN, RST,
/// a crash or forgetting.
/// </summary>
internal sealed class TcpEnds
{
    /// <summary>The module's MSS (reference §4.4).</summary>
    private const int SegmentBytes = 1340;

    private const string ClientHost = "client";

    private readonly SortedDictionary<int, TcpLink> _connections = [];
    private readonly ModemConnections<TcpLink> _byModem = new();
    private readonly TcpTransport _transport;
    private readonly NetworkProfile _profile;
    private readonly NetworkState _net;
    private readonly ServicePlaces _listeners;
    private int _nextConnection = 1;

    /// <param name="net">What the parts of the network share.</param>
    /// <param name="due">What is on its way.</param>
    /// <param name="listeners">Where services listen.</param>
    public TcpEnds(
        NetworkProfile profile, NetworkState net, AirTimes way, DueQueue<NetworkEvent> due, ServicePlaces listeners)
    {
        (_profile, _net, _listeners) = (profile, net, listeners);
        _transport = new TcpTransport(profile, net, way, due, this);
    }

    /// <summary>What is on its way between the ends.</summary>
    public TcpTransport Transport => _transport;

    public void Send(ModemAir air, AirRequest.SendTcp send)
    {
        // Where it is not open, the modem's stack would have refused it.
        if (Find(air, send.Connection) is not { IsOpen: true } link) return;
        Record(link, new TcpSent(_net.Now, link.Label, send.Bytes));
        _transport.Send(link.Up, new TcpSegment(TcpSegmentKind.Data, send.Bytes, ""));
    }

    /// <summary>A keep-alive probe; it is sent once, and lost where the way is blocked.</summary>
    public void Probe(ModemAir air, AirRequest.ProbeTcp probe)
    {
        if (Find(air, probe.Connection) is { IsOpen: true } link) _transport.Probe(link);
    }

    /// <summary>An acknowledgement; or an RST, where the service's end knows no such connection.</summary>
    public void AnswerProbe(TcpLink link)
    {
        if (link.IsModemGone || _net.IsBlocked(link.Air, link.Host)) return;
        var isKnown = !link.IsServiceGone || link.IsModemTold || link.Down.Waiting.Count > 0;
        if (isKnown) _net.ToModem(link.Air, new AirEvent.TcpAcknowledged(link.ModemConnection, 0));
        else ArriveReset(link, atModem: true);
    }

    public void StartTls(ModemAir air, AirRequest.StartTls start)
    {
        if (Find(air, start.Connection) is not { } link) return;
        Record(link, new TlsStarted(_net.Now, link.Label));
        if (!link.IsOpen) return;
        _transport.Send(link.Up, new TcpSegment(TcpSegmentKind.TlsHandshake, default, start.ServerName));
    }

    public void Close(ModemAir air, AirRequest.CloseTcp close)
    {
        if (Find(air, close.Connection) is { } link) CloseFromModem(link, close.Abort);
    }

    /// <summary>The module has restarted: it knows none of its earlier connections.</summary>
    public void Abandon(ModemAir air)
    {
        foreach (var link in _connections.Values.Where(l => l.Air == air && !l.IsModemGone).ToArray()) Abandon(link);
    }

    /// <summary>The module lost its address: nobody repeats what it sent on this connection.</summary>
    public void Abandon(ModemAir air, int connection)
    {
        if (Find(air, connection) is { } link) Abandon(link);
    }

    public void FromService(ServiceOutput output)
    {
        switch (output)
        {
            case ServiceOutput.Send(var connection, var bytes):
                if (_connections.TryGetValue(connection, out var sender)) SendFromService(sender, bytes);
                break;
            case ServiceOutput.Close(var connection, var reset):
                if (_connections.TryGetValue(connection, out var closed)) CloseFromService(closed, reset);
                break;
            case ServiceOutput.Forget(var connection):
                if (_connections.TryGetValue(connection, out var forgotten)) ForgetByService(forgotten);
                break;
            default:
                throw new ArgumentException($"The network does not know {output.GetType().Name}", nameof(output));
        }
    }

    /// <summary>Connections with a host (null: all), of a modem or of all, end at both ends.</summary>
    public void ResetAll(string? host, string? modem)
    {
        var open = _connections.Values
            .Where(l => l.IsOpen && ActingFaults.IsFor(modem, l.Air.Modem) && ActingFaults.IsFor(host, l.Host))
            .ToArray();
        foreach (var link in open) ResetBothEnds(link);
    }

    /// <summary>The process behind a host dies (null: all), for a modem or for all.</summary>
    public void KillAll(string? host, string? modem)
    {
        var killed = _connections.Values
            .Where(l => !l.IsClient && ActingFaults.IsFor(modem, l.Air.Modem) && ActingFaults.IsFor(host, l.Host))
            .ToArray();
        foreach (var link in killed) KillAtService(link);
    }

    /// <summary>A modem begins a connection.</summary>
    public TcpLink Add(ModemAir air, AirRequest.OpenTcp open)
    {
        _byModem.ThrowIfTaken(air.Modem, open.Connection);
        var host = _net.Hosts.NameOf(open.Address);
        var link = new TcpLink(_nextConnection++, air, open.Connection, host, open.Port, _profile, _net.Now);
        _net.Record(air, new TcpOpening(_net.Now, link.Label, open.Address));
        MakeRoom(air);
        _connections.Add(link.Id, link);
        _byModem.Add(air.Modem, open.Connection, link);
        return link;
    }

    /// <summary>A client of the rig begins a connection to a module, which knows it by a negative number.</summary>
    public TcpLink AddClient(ModemAir air, int port)
    {
        var id = _nextConnection++;
        MakeRoom(air);
        var link = new TcpLink(id, air, -id, ClientHost, port, _profile, _net.Now)
        {
            IsClient = true,
            IsAccepted = true,
        };
        _connections.Add(id, link);
        _byModem.Add(air.Modem, -id, link);
        return link;
    }

    /// <summary>The handshake of TCP is over.</summary>
    public void Open(TcpLink link)
    {
        link.IsOpen = true;
        Record(link, new TcpOpened(_net.Now, link.Label));
        _net.ToModem(link.Air, new AirEvent.TcpOpened(link.ModemConnection));
        if (!_listeners.HasTls(link.Host, link.Port)) Accept(link, false, "");
        if (_net.Faults.Strike<ResetConnections>(link.Air.Modem, link.Host) is not null) ResetBothEnds(link);
    }

    /// <summary>The modem's end is gone before the connection was open, or with what the modem was told.</summary>
    public void Drop(TcpLink link)
    {
        LeaveModem(link);
        Settle(link);
    }

    /// <summary>More is sent and not acknowledged than a connection may have.</summary>
    public void Overflow(TcpLink link)
    {
        Record(link, new TcpQueueFull(_net.Now, link.Label));
        ResetBothEnds(link);
    }

    /// <summary>A segment of the modem arrives.</summary>
    public void ArriveAtService(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        if (link.IsServiceGone)
        {
            if (segment.Kind != TcpSegmentKind.Fin) _transport.SendReset(link, atModem: true);
            else _transport.Acknowledge(stream, segment);
            return;
        }

        if (!link.IsAccepted && segment.Kind == TcpSegmentKind.Data)
        {
            Record(link, new TlsViolated(_net.Now, link.Label));
            KillAtService(link);
            return;
        }

        segment.IsDelivered = true;
        switch (segment.Kind)
        {
            case TcpSegmentKind.Data:
                Hand(link, new ClientSaw(_net.Now, ClientSight.Received, segment.Bytes),
                    new ServiceInput.Received(link.Id, segment.Bytes));
                break;
            case TcpSegmentKind.TlsHandshake when !_listeners.HasTls(link.Host, link.Port):
                FailHandshake(link);
                break;
            case TcpSegmentKind.TlsHandshake:
                Shake(link, segment.Text);
                break;
            case TcpSegmentKind.Fin:
                LeaveService(link, reset: false);
                break;
            default:
                throw new InvalidOperationException($"A modem sends no {segment.Kind}");
        }

        _transport.SendAcknowledgement(stream, segment);
    }

    /// <summary>A segment of the service arrives.</summary>
    public void ArriveAtModem(TcpStream stream, TcpSegment segment)
    {
        var link = stream.Link;
        if (link.IsModemGone)
        {
            if (segment.Kind == TcpSegmentKind.Data && !link.IsServiceGone)
            {
                _transport.SendReset(link, atModem: false);
                return;
            }

            stream.Clear();
            Settle(link);
            return;
        }

        // The way is free, so the acknowledgement is taken as seen: nothing that the service does depends on its time.
        segment.IsDelivered = true;
        stream.Dequeue();
        stream.Progress();
        switch (segment.Kind)
        {
            case TcpSegmentKind.Data:
                Record(link, new TcpReceived(_net.Now, link.Label, segment.Bytes));
                _net.ToModem(link.Air, new AirEvent.TcpReceived(link.ModemConnection, segment.Bytes));
                break;
            case TcpSegmentKind.Fin:
                TellModemClosed(link, reset: false);
                break;
            case TcpSegmentKind.TlsAlert:
                Record(link, new TlsFailed(_net.Now, link.Label, segment.Text));
                link.IsModemTold = true;
                _net.ToModem(link.Air, new AirEvent.TlsFailed(link.ModemConnection, segment.Text));
                break;
            default:
                throw new InvalidOperationException($"A service sends no {segment.Kind}");
        }
    }

    /// <summary>The modem knows that a segment of it has arrived.</summary>
    public void Acknowledged(TcpLink link, TcpSegment segment)
    {
        if (segment.Kind != TcpSegmentKind.TlsHandshake || !link.IsSecured || link.IsModemGone) return;
        Record(link, new TlsOpened(_net.Now, link.Label));
        _net.ToModem(link.Air, new AirEvent.TlsOpened(link.ModemConnection));
    }

    /// <summary>The modem knows that so many bytes of it have arrived.</summary>
    public void Acknowledged(TcpLink link, int bytes)
    {
        if (bytes > 0 && !link.IsModemGone)
        {
            _net.ToModem(link.Air, new AirEvent.TcpAcknowledged(link.ModemConnection, bytes));
        }

        Settle(link);
    }

    /// <summary>An RST has arrived at one end.</summary>
    public void ArriveReset(TcpLink link, bool atModem)
    {
        if (atModem)
        {
            link.Up.Clear();
            TellModemClosed(link, reset: true);
        }
        else
        {
            link.Down.Clear();
            LeaveService(link, reset: true);
        }

        Settle(link);
    }

    /// <summary>The sender of a stream has given up.</summary>
    public void GiveUp(TcpStream stream)
    {
        var link = stream.Link;
        Record(link, new TcpTimedOut(_net.Now, link.Label, AtService: !stream.IsUp));
        stream.Clear();
        if (stream.IsUp)
        {
            TellModemClosed(link, reset: true, timedOut: true);
        }
        else
        {
            LeaveService(link, reset: true);
        }

        Settle(link);
    }

    public TcpLink? Find(ModemAir air, int connection) => _byModem.Find(air.Modem, connection);

    /// <summary>Of a client's connection the record has what the client sees.</summary>
    private void Record(TcpLink link, SessionEvent happened)
    {
        if (!link.IsClient) _net.Record(link.Air, happened);
    }

    /// <summary>To the end that is not the module: a client of the rig, or a service.</summary>
    private void Hand(TcpLink link, ClientSaw seen, ServiceInput input)
    {
        if (link.IsClient) _net.Record(link.Air, seen);
        else _net.ToService(input);
    }

    private void Abandon(TcpLink link)
    {
        Record(link, new TcpAbandoned(_net.Now, link.Label));
        LeaveModem(link);
        link.Up.Clear();
        Settle(link);
    }

    private void MakeRoom(ModemAir air)
    {
        if (_connections.Count < SimulatedNetwork.ConnectionLimit) return;
        var oldest = _connections.Values.FirstOrDefault(l => l.IsModemGone) ?? _connections.Values.First();
        _net.Record(air, new TcpLimited(_net.Now, oldest.Label));
        ResetBothEnds(oldest);
    }

    private void Accept(TcpLink link, bool tls, string serverName)
    {
        link.IsAccepted = true;
        link.IsSecured = tls;
        _net.ToService(new ServiceInput.Accepted(link.Id, link.Air.Modem, link.Host, link.Port, tls, serverName));
    }

    private void SendFromService(TcpLink link, ReadOnlyMemory<byte> bytes)
    {
        if (link.IsServiceGone) return; // The service sent before it heard that the connection is gone.
        while (bytes.Length > 0)
        {
            var size = Math.Min(bytes.Length, SegmentBytes);
            _transport.Send(link.Down, new TcpSegment(TcpSegmentKind.Data, bytes[..size], ""));
            bytes = bytes[size..];
        }
    }

    private void Shake(TcpLink link, string serverName)
    {
        var fault = _net.Faults.Strike<FailTls>(link.Air.Modem, link.Host);
        if (fault is null) Accept(link, true, serverName);
        else if (fault.Hang) Record(link, new TlsHung(_net.Now, link.Label));
        else FailHandshake(link);
    }

    private void FailHandshake(TcpLink link)
    {
        var reason = _listeners.HasTls(link.Host, link.Port) ? "handshake failure" : "the peer does not speak TLS";
        if (link.IsAccepted) _net.ToService(new ServiceInput.Closed(link.Id, true));
        link.IsServiceGone = true;
        _transport.Send(link.Down, new TcpSegment(TcpSegmentKind.TlsAlert, default, reason));
    }

    private void CloseFromModem(TcpLink link, bool abort)
    {
        Record(link, new TcpClosed(_net.Now, link.Label, abort));
        LeaveModem(link);
        if (abort)
        {
            link.Up.Clear();
            if (link.IsOpen || link.IsClient) _transport.SendReset(link, atModem: false);
        }
        else if (link.IsOpen)
        {
            _transport.Send(link.Up, new TcpSegment(TcpSegmentKind.Fin, default, ""));
        }

        Settle(link);
    }

    private void CloseFromService(TcpLink link, bool reset)
    {
        if (link.IsServiceGone) return;
        link.IsServiceGone = true;
        if (reset)
        {
            link.Down.Clear();
            _transport.SendReset(link, atModem: true);
        }
        else
        {
            _transport.Send(link.Down, new TcpSegment(TcpSegmentKind.Fin, default, ""));
        }

        Settle(link);
    }

    private void ForgetByService(TcpLink link)
    {
        link.IsServiceGone = true;
        link.Down.Clear();
        Settle(link);
    }

    /// <summary>The process behind the connection dies: the service learns it at once, the modem gets an RST.</summary>
    private void KillAtService(TcpLink link)
    {
        if (!link.IsOpen) return;
        LeaveService(link, reset: true);
        link.Down.Clear();
        _transport.SendReset(link, atModem: true);
        Settle(link);
    }

    private void ResetBothEnds(TcpLink link)
    {
        Record(link, new TcpReset(_net.Now, link.Label));
        link.Up.Clear();
        link.Down.Clear();
        if (!_net.IsCutOff(link.Air)) TellModemClosed(link, reset: true);
        LeaveService(link, reset: true);
        Settle(link);
    }

    /// <summary>The modem learns that the peer is gone; after an RST its end is gone too.</summary>
    private void TellModemClosed(TcpLink link, bool reset, bool timedOut = false)
    {
        if (link.IsModemGone) return;
        if (!link.IsModemTold)
        {
            link.IsModemTold = true;
            Record(link, new TcpEnded(_net.Now, link.Label, reset));
            _net.ToModem(link.Air, new AirEvent.TcpClosed(link.ModemConnection, reset, timedOut));
        }

        if (reset) LeaveModem(link);
    }

    private void LeaveModem(TcpLink link)
    {
        link.IsModemGone = true;
        _byModem.Remove(link.Air.Modem, link.ModemConnection, link);
        if (!link.IsOpen && !link.IsClient) link.IsServiceGone = true; // It never got there.
    }

    /// <summary>
    /// The service learns that the peer is gone. After a FIN it may still send until it closes its own end.
    /// </summary>
    private void LeaveService(TcpLink link, bool reset)
    {
        if (link.IsServiceGone) return;
        if (link.IsAccepted)
        {
            var sight = !reset ? ClientSight.Closed : link.IsOpen ? ClientSight.Lost : ClientSight.Refused;
            Hand(link, new ClientSaw(_net.Now, sight), new ServiceInput.Closed(link.Id, reset));
        }

        if (reset || !link.IsAccepted) link.IsServiceGone = true;
    }

    /// <summary>Releases a connection that neither end knows any more.</summary>
    private void Settle(TcpLink link)
    {
        if (link.IsOver) _connections.Remove(link.Id);
    }
}
