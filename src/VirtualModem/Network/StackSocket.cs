
using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// One of the stack's eight sockets, with lwIP's protocol control block behind it
/// (S:project/luatos/src/luat_lwip_ec618.c). It is taken by a connection and free again once that is closed.
/// </summary>
internal sealed class StackSocket
{
    /// <summary>TCP_MSS: each segment is an event of its own.</summary>
    private const int SegmentBytes = 1340;

    /// <summary>TCP_WND: what a peer may send before somebody reads (reference-net §1.7).</summary>
    private const int WindowBytes = 6 * SegmentBytes;

    /// <summary>lwIP's ERR_ABRT and ERR_RST.</summary>
    private const int Aborted = -13;

    private const int ResetByPeer = -14;

    /// <summary>TCP_KEEPIDLE_DEFAULT, TCP_KEEPINTVL_DEFAULT and TCP_KEEPCNT_DEFAULT of tcp_priv.h.</summary>
    private static readonly KeepAlive ServerKeepAlive = new(7200, 75, 9);

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly SendQueue _sending;
    private readonly ReceiveQueue _received;

    /// <summary>What a peer has sent beyond the window, in its order; null: its FIN.</summary>
    private readonly Queue<ReadOnlyMemory<byte>?> _held = new();

    private readonly Alarm _connectTimeout;
    private readonly Alarm _giveUp;
    private readonly Alarm _closed;
    private readonly Alarm _windowOpens;
    private readonly KeepAliveProbes _probes;
    private NetworkControl? _owner;
    private bool _isTcp;
    private bool _alive;
    private bool _established;
    private bool _closing;
    private bool _peerClosed;
    private bool _listening;
    private KeepAlive? _keepAlive;
    private string _address = "";
    private int _port;
    private int _unopened;
    private TimeSpan _opened;
    private TimeSpan _roundTrip;

    public StackSocket(int id, Board board, NetworkStack stack)
    {
        Id = id;
        _board = board;
        _stack = stack;
        _sending = new SendQueue(stack.Heap);
        _received = new ReceiveQueue(stack.Heap);
        _connectTimeout = board.NewAlarm(OnTimeout);
        _giveUp = board.NewAlarm(OnTimeout);
        _closed = board.NewAlarm(OnClosed);
        _windowOpens = board.NewAlarm(OnWindowOpens);
        _probes = new KeepAliveProbes(
            board, () => stack.Transmit(new AirRequest.ProbeTcp(Number)), OnTimeout);
    }

    /// <summary>0 to 7, as the log shows it.</summary>
    public int Id { get; }

    public bool InUse { get; private set; }

    /// <summary>It is being closed: nothing can be sent or read any more.</summary>
    public bool IsClosing => _closing;

    /// <summary>Tells one use of the socket from the next.</summary>
    public long Tag { get; private set; }

    /// <summary>The connection's or UDP socket's number in the air; 0 without one.</summary>
    public int Number { get; private set; }

    /// <summary>Bytes sent and not yet acknowledged.</summary>
    public int Unacknowledged => _sending.Bytes;

    /// <summary>Bytes that nobody has read.</summary>
    public int Unread => _received.Bytes;

    /// <summary>Bytes of the first segment or datagram that nobody has read.</summary>
    public int FirstUnread => _received.FirstBytes;

    public void Take(NetworkControl owner, bool isTcp, long tag)
    {
        InUse = true;
        (_owner, _isTcp, Tag) = (owner, isTcp, tag);
        (_closing, _peerClosed, _established, _alive, _listening) = (false, false, false, true, false);
        (_unopened, Number) = (0, 0);
    }

    /// <param name="keepAlive">Null: the peer is not asked whether it is there.</param>
    public void Connect(string address, int port, KeepAlive? keepAlive)
    {
        (_address, _port, _keepAlive) = (address, port, keepAlive);
        if (NetworkAddress.IsVersion6(address))
        {
            _stack.Task.Later(() => FailLater("net_lwip_task 1035:netif no ip !!!!!!"));
            return;
        }

        if (!_isTcp)
        {
            Number = _stack.Counters.NextSocket();
            _stack.RouteSocket(this);
            var tag = Tag;
            _stack.Task.Later(() =>
            {
                if (InUse && Tag == tag) Tell(new StackEvent(StackEventKind.Connected));
            });
            return;
        }

        Number = _stack.Counters.NextConnection();
        _stack.RouteConnection(this);
        _opened = _board.Now;
        _connectTimeout.Set(_board.Now + _board.Parameters.TcpConnectTimeout);
        _stack.Transmit(new AirRequest.OpenTcp(Number, address, port));
    }

    /// <param name="port">0: lwIP chooses one, which nobody knows.</param>
    public void Listen(int port)
    {
        (_listening, _port) = (true, port);
        var tag = Tag;
        _stack.Task.Later(() =>
        {
            if (InUse && Tag == tag) Tell(new StackEvent(StackEventKind.Listening));
        });
    }

    public bool ListensAt(int port) => InUse && _alive && _listening && !_closing && _port == port && port != 0;

    /// <summary>Somebody connects to the port at which it listens.</summary>
    public void Arrive(int connection)
    {
        _opened = _board.Now;
        _stack.Transmit(new AirRequest.AcceptTcp(connection));
    }

    /// <summary>Sends bytes; false: the heap has no room for them.</summary>
    public bool Send(ReadOnlyMemory<byte> bytes, string? address, int port)
    {
        if (!_isTcp) return SendDatagram(bytes, address ?? _address, address is null ? _port : port);
        var first = Unacknowledged == 0;
        if (!_sending.TryAdd(bytes.Length)) return false;
        if (!_alive)
        {
            // The task finds no control block: "no in use", and an error.
            _stack.Task.Later(() => FailLater($"net_lwip_task 983:adapter 1 socket {Id} no in use! 0"));
            return true;
        }

        if (bytes.IsEmpty) return true;
        if (first) _giveUp.Set(_board.Now + _board.Parameters.TcpGiveUp);
        _stack.Task.Do(() => _stack.Transmit(new AirRequest.SendTcp(Number, bytes)));
        return true;
    }

    /// <summary>Reads segments until the target is full, or one datagram.</summary>
    public int Read(Span<byte> target, out string address, out int port)
    {
        var count = _received.Read(target, out address, out port, out var freed);
        if (!_isTcp) return count;
        var part = count;
        while (part > 0 && count < target.Length)
        {
            part = _received.Read(target[count..], out _, out _, out var more);
            count += part;
            freed += more;
        }

        _unopened -= freed;
        if (freed > 0 && _held.Count > 0 && !_windowOpens.IsSet) _windowOpens.Set(_board.Now + _roundTrip);
        return count;
    }

    /// <summary>
    /// The module's hello of a TLS handshake. For UDP it is not modelled, because its answer is dropped anyhow.
    /// </summary>
    /// <param name="authorities">As in <see cref="AirRequest.StartTls"/>.</param>
    /// <param name="identity">As in <see cref="AirRequest.StartTls"/>.</param>
    public void StartTls(string serverName, string? authorities, string? identity)
    {
        if (!_isTcp) return;
        _stack.Transmit(new AirRequest.StartTls(Number, serverName, authorities) { Identity = identity });
        var flight = _board.Parameters.TlsFlightTime;
        _stack.Task.Compute(this, _board.Now + (flight > _roundTrip ? flight : _roundTrip));
    }

    /// <summary>Closes in order; an event tells the owner when it is done.</summary>
    public void Disconnect()
    {
        _closing = true;
        _stack.Task.Do(Drop);
        _closed.Set(_board.Now + _board.Parameters.TcpCloseTime);
    }

    /// <summary>Closes at once, and tells nobody.</summary>
    public void ForceClose()
    {
        if (!InUse || _closing) return;
        _closing = true;
        Drop();
        Free();
    }

    /// <summary>The link is gone: nothing leaves or comes any more, and the peer is not told.</summary>
    public void LinkWentDown()
    {
        if (InUse && _isTcp && _alive && Number != 0) _stack.Forget(Number);
        _alive = false;
        Stop();
        _held.Clear();
    }

    /// <summary>An event of the air for this socket's number.</summary>
    public void Handle(AirEvent happened)
    {
        if (_established) _probes.Heard();
        switch (happened)
        {
            case AirEvent.TcpOpened opened when _listening:
                Accept(opened.Connection);
                break;
            case AirEvent.TcpOpened when !_established:
                _connectTimeout.Cancel();
                _established = true;
                _roundTrip = _board.Now - _opened;
                _probes.Begin(_keepAlive);
                Tell(new StackEvent(StackEventKind.Connected));
                break;
            case AirEvent.TlsOpened:
                Tell(new StackEvent(StackEventKind.TlsStep));
                break;
            case AirEvent.TlsFailed failed:
                Tell(new StackEvent(StackEventKind.TlsStep, TlsFailure: failed.Reason));
                break;
            case AirEvent.TcpReceived received:
                Receive(received.Bytes);
                break;
            case AirEvent.UdpReceived received:
                if (_port == 0 || (received.Port == _port && received.Address == _address)) Receive(received);
                break;
            case AirEvent.TcpAcknowledged acknowledged:
                Acknowledge(acknowledged.Bytes);
                break;
            case AirEvent.TcpRefused:
                Die(ResetByPeer);
                break;
            case AirEvent.TcpClosed { Reset: true } closed:
                Die(closed.TimedOut ? Aborted : ResetByPeer);
                break;
            case AirEvent.TcpClosed when _held.Count > 0:
                _held.Enqueue(null);
                break;
            case AirEvent.TcpClosed:
                PeerCloses();
                break;
            default:
                throw new InvalidOperationException($"Socket {Id}: {happened.GetType().Name} cannot happen now.");
        }
    }

    /// <summary>
    /// A client is connected. A further one takes the place of the first, of which only the receiving side is left
    /// (net_lwip_tcp_fast_accept_cb). Accepted connections keep lwIP's own keep-alive.
    /// </summary>
    private void Accept(int connection)
    {
        if (Number != 0)
        {
            _board.Notice(
                "A second client connects to the port: V1112 sends to the last one only, and never closes the first.");
        }

        Number = connection;
        _established = true;
        _roundTrip = _board.Now - _opened;
        _probes.Begin(ServerKeepAlive);
        Tell(new StackEvent(StackEventKind.Connected));
    }

    private bool SendDatagram(ReadOnlyMemory<byte> bytes, string address, int port)
    {
        _stack.Task.Do(() =>
        {
            if (port != 0) _stack.Transmit(new AirRequest.SendUdp(Number, address, port, bytes));
        });
        var tag = Tag;
        _stack.Task.Later(() =>
        {
            if (InUse && Tag == tag) Tell(new StackEvent(StackEventKind.Acknowledged, Bytes: bytes.Length));
        });
        return true;
    }

    private void Receive(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var segment = bytes[..Math.Min(bytes.Length, SegmentBytes)];
            bytes = bytes[segment.Length..];
            if (_held.Count > 0 || _unopened + segment.Length > WindowBytes) _held.Enqueue(segment);
            else Deliver(segment);
        }
    }

    private void Receive(AirEvent.UdpReceived datagram)
    {
        if (_received.TryAdd(datagram.Bytes, datagram.Address, datagram.Port))
        {
            Tell(new StackEvent(StackEventKind.Received));
            return;
        }

        _board.Log.Raw("net_lwip_udp_recv_cb 691:no memory!");
        Tell(new StackEvent(StackEventKind.Error));
    }

    private void Deliver(ReadOnlyMemory<byte> segment)
    {
        if (!InUse || _closing) return; // The user has closed at an earlier segment.
        if (_received.TryAdd(segment, "", 0))
        {
            _unopened += segment.Length;
            Tell(new StackEvent(StackEventKind.Received));
            return;
        }

        _board.Log.Raw("net_lwip_tcp_recv_cb 546:no memory!");
        Tell(new StackEvent(StackEventKind.Error));
    }

    /// <summary>The peer knows of the room and has sent on.</summary>
    private void OnWindowOpens()
    {
        while (_held.TryPeek(out var next) && _unopened + (next?.Length ?? 0) <= WindowBytes)
        {
            _held.Dequeue();
            if (next is { } segment) Deliver(segment);
            else PeerCloses();
        }
    }

    private void Acknowledge(int bytes)
    {
        if (Unacknowledged == 0 || bytes == 0) return; // An answer to a probe acknowledges nothing.
        bytes = Math.Min(bytes, Unacknowledged);
        _sending.Acknowledge(bytes);
        if (Unacknowledged > 0) _giveUp.Set(_board.Now + _board.Parameters.TcpGiveUp);
        else _giveUp.Cancel();
        Tell(new StackEvent(StackEventKind.Acknowledged, Bytes: bytes));
    }

    private void PeerCloses()
    {
        _peerClosed = true;
        Tell(new StackEvent(StackEventKind.RemoteClosed));
    }

    private void OnTimeout()
    {
        _stack.Transmit(new AirRequest.CloseTcp(Number, Abort: true));
        Die(Aborted);
    }

    /// <summary>lwIP has given the control block up.</summary>
    private void Die(int error)
    {
        _alive = false;
        Stop();
        _held.Clear();
        if (_closing || _peerClosed) return;
        _board.Log.Raw($"net_lwip_tcp_err_cb 645:adapter 1 socket {Id} not closing, but error {error}");
        _peerClosed = true;
        Tell(new StackEvent(StackEventKind.Error));
    }

    private void FailLater(string line)
    {
        if (!InUse) return;
        _board.Log.Raw(line);
        _peerClosed = true;
        Tell(new StackEvent(StackEventKind.Error));
    }

    /// <summary>
    /// Gives the control block back to lwIP: a FIN, or an RST where data was not read (tcp_close).
    /// </summary>
    private void Drop()
    {
        var reset = _unopened > 0 || _held.Count > 0;
        if (_alive && _isTcp && Number != 0 && _stack.IsLinkUp)
        {
            _stack.Transmit(new AirRequest.CloseTcp(Number, reset || !_established));
        }

        Stop();
        _held.Clear();
        _received.Clear();
        _sending.Clear();
    }

    private void Stop()
    {
        _connectTimeout.Cancel();
        _giveUp.Cancel();
        _windowOpens.Cancel();
        _probes.Stop();
        _stack.Unroute(this);
        _stack.Task.Computed(this);
    }

    private void OnClosed()
    {
        var (owner, tag) = (_owner!, Tag);
        Free();
        owner.Handle(new StackEvent(StackEventKind.CloseDone), tag);
    }

    private void Free()
    {
        InUse = false;
        _closed.Cancel();
        _received.Clear();
        _sending.Clear();
        Number = 0;
    }

    private void Tell(StackEvent happened) => _owner!.Handle(happened, Tag);
}
