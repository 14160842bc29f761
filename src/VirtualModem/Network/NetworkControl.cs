using System.Net;
using System.Net.Sockets;

using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>Who uses a <see cref="NetworkControl"/>.</summary>
internal interface IControlUser
{
    /// <summary>The connection is usable (TLS included).</summary>
    void Connected();

    void Received(ReadOnlyMemory<byte> bytes);

    /// <summary>All data handed over so far has been acknowledged.</summary>
    void AllAcknowledged();

    /// <summary>DNS, TCP or TLS failed, the peer closed, or the link went: close the control.</summary>
    void Failed();

    /// <summary>
    /// Something happened to a control that is not online: the connection that <see cref="NetworkControl.Disconnect"/>
    /// ended is gone, or the link changed before the first <see cref="NetworkControl.Connect"/>.
    /// </summary>
    void NotOnline();
}

internal enum ControlState
{
    Off,
    WaitLink,
    Resolving,
    TcpConnecting,
    TlsHandshake,
    Online,
    Disconnecting,
}

/// <summary>
/// One of the module's eight sockets with what belongs to it: wait for the link, DNS, TCP or UDP, TLS (reference-net
/// §1.5, L:components/network/adapter/luat_network_adapter.c). TLS has no timeout of its own, and there is no
/// keepalive. A forced close leaves the state as it is, so that a later change of the link is a failure once more.
/// </summary>
internal sealed class NetworkControl : ILinkUser
{
    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly Alarm _connectTimeout;
    private readonly Alarm _giveUp;
    private readonly Alarm _closed;
    private readonly SendQueue _queue;
    private string _host = "";
    private int _port;
    private bool _tls;
    private bool _udp;
    private bool _peerGone;
    private string _address = "";
    private Wait _wait;
    private bool _used;

    public NetworkControl(Board board, NetworkStack stack, IControlUser user)
    {
        _board = board;
        _stack = stack;
        User = user;
        _connectTimeout = board.NewAlarm(Fail);
        _giveUp = board.NewAlarm(Fail);
        _closed = board.NewAlarm(OnClosed);
        _queue = new SendQueue(stack.Heap);
    }

    /// <summary>What the user waits for; it decides which event the user gets.</summary>
    private enum Wait
    {
        Nothing,
        Online,
        Sent,
        Event,
        Offline,
    }

    public IControlUser User { get; }
    public ControlState State { get; private set; }

    /// <summary>The connection's or UDP socket's number in the air; 0 without one.</summary>
    public int Number { get; private set; }

    /// <summary>Bytes sent and not yet acknowledged.</summary>
    public int Unacknowledged => _queue.Bytes;

    /// <summary>Starts to connect. False: a socket is there already, or none is free.</summary>
    public bool Connect(string host, int port, bool tls, bool udp)
    {
        if (Number != 0) return false;
        _used = true;
        _closed.Cancel();
        (_host, _port, _tls, _udp) = (host, port, tls, udp);
        _wait = Wait.Online;
        if (!_stack.Link.IsUp)
        {
            State = ControlState.WaitLink;
            return true;
        }

        if (Prepare()) return true;
        (State, _wait) = (ControlState.Off, Wait.Nothing);
        return false;
    }

    /// <summary>
    /// Sends bytes; false: not online, or the system heap has no room for them. There is no other limit.
    /// </summary>
    public bool Send(ReadOnlyMemory<byte> bytes)
    {
        if (State != ControlState.Online || Number == 0) return false;
        if (_udp)
        {
            _stack.Transmit(new AirRequest.SendUdp(Number, _address, _port, bytes));
            return true;
        }

        var first = Unacknowledged == 0;
        if (!_queue.TryAdd(bytes.Length)) return false;
        if (first) _giveUp.Set(_board.Now + _board.Parameters.TcpGiveUp);
        _wait = Wait.Sent;
        _stack.Transmit(new AirRequest.SendTcp(Number, bytes));
        return true;
    }

    /// <summary>
    /// Ends what there is: an open TCP connection in order, anything else at once (network_close). What is said about
    /// a name that is still asked for is heard by nobody.
    /// </summary>
    public void Disconnect()
    {
        _used = true;
        if (Number != 0 && State == ControlState.Online && !_udp)
        {
            Drop(abort: false);
            (State, _wait) = (ControlState.Disconnecting, Wait.Offline);
            _closed.Set(_board.Now + _board.Parameters.TcpCloseTime);
            return;
        }

        if (Number != 0) Close();
        (State, _wait) = (ControlState.Off, Wait.Nothing);
    }

    /// <summary>Drops whatever there is, at once; the state stays (network_force_close_socket).</summary>
    public void Close()
    {
        _wait = Wait.Nothing;
        if (Number == 0) return;
        if (State != ControlState.Disconnecting) Drop(abort: true);
        Number = 0;
    }

    /// <summary>The control is given back.</summary>
    public void Release()
    {
        Close();
        _closed.Cancel();
        State = ControlState.Off;
    }

    public void LinkWentUp()
    {
        if (!_used)
        {
            User.NotOnline();
            return;
        }

        switch (State)
        {
            case ControlState.WaitLink:
                if (_wait != Wait.Online) State = ControlState.Off;
                else if (!Prepare()) Fail();
                break;
            case ControlState.Resolving or ControlState.TcpConnecting or ControlState.TlsHandshake
                or ControlState.Disconnecting:
                if (_wait == Wait.Nothing) Fail();
                break;
        }
    }

    public void LinkWentDown()
    {
        if (!_used) User.NotOnline();
        else if (State is not (ControlState.Off or ControlState.WaitLink)) Fail();
    }

    /// <summary>An event of the air for this control's number.</summary>
    public void Handle(AirEvent happened)
    {
        switch (State, happened)
        {
            case (ControlState.TcpConnecting, AirEvent.TcpOpened):
                _connectTimeout.Cancel();
                if (_tls)
                {
                    State = ControlState.TlsHandshake;
                    _stack.Transmit(new AirRequest.StartTls(Number, _host));
                }
                else
                {
                    GoOnline();
                }

                break;
            case (ControlState.TlsHandshake, AirEvent.TlsOpened):
                GoOnline();
                break;
            case (ControlState.Online, AirEvent.TcpReceived received):
                Receive(received.Bytes);
                break;
            case (ControlState.Online, AirEvent.UdpReceived received):
                User.Received(received.Bytes);
                break;
            case (ControlState.Online, AirEvent.TcpAcknowledged acknowledged):
                Acknowledge(acknowledged.Bytes);
                break;
            case (ControlState.TcpConnecting, AirEvent.TcpRefused):
                _peerGone = true;
                Fail();
                break;
            case (ControlState.TlsHandshake, AirEvent.TlsFailed):
                Fail();
                break;
            case (ControlState.TcpConnecting or ControlState.TlsHandshake
                or ControlState.Online, AirEvent.TcpClosed closed):
                _peerGone = closed.Reset;
                Fail();
                break;
            case (ControlState.TlsHandshake, AirEvent.TcpAcknowledged or AirEvent.TcpReceived):
                // Handshake bytes are the TLS layer's, not the application's.
                break;
            default:
                throw new InvalidOperationException($"Socket: {happened.GetType().Name} cannot happen in {State}.");
        }
    }

    private bool Prepare()
    {
        _peerGone = false;
        if (IPAddress.TryParse(_host, out var literal) && literal.AddressFamily == AddressFamily.InterNetwork)
        {
            return Open(_host);
        }

        State = ControlState.Resolving;
        _stack.Dns.Resolve(_host, OnResolved);
        return true;
    }

    /// <summary>
    /// An answer of the resolver, maybe to a request of an earlier attempt: it counts where one is waited for.
    /// </summary>
    private void OnResolved(string? address)
    {
        if (_wait != Wait.Online || State != ControlState.Resolving) return;
        if (address is null || !Open(address)) Fail();
    }

    /// <summary>Takes a socket of the stack; false: none is free.</summary>
    private bool Open(string address)
    {
        if (_stack.IsOutOfSockets) return false;
        _address = address;
        if (_udp)
        {
            Number = _stack.Counters.NextSocket();
            _stack.RouteSocket(this);
            GoOnline();
            return true;
        }

        Number = _stack.Counters.NextConnection();
        _stack.RouteConnection(this);
        State = ControlState.TcpConnecting;
        _connectTimeout.Set(_board.Now + _board.Parameters.TcpConnectTimeout);
        _stack.Transmit(new AirRequest.OpenTcp(Number, address, _port));
        return true;
    }

    private void GoOnline()
    {
        State = ControlState.Online;
        User.Connected();
        WaitForEvents();
    }

    /// <summary>The stack tells of each segment. Its user then waits for any event, no longer for the ack.</summary>
    private void Receive(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty && Number != 0)
        {
            var segment = bytes[..Math.Min(bytes.Length, SegmentBytes)];
            bytes = bytes[segment.Length..];
            User.Received(segment);
            WaitForEvents();
        }
    }

    private const int SegmentBytes = 1340;

    private void WaitForEvents()
    {
        if (State == ControlState.Online && Number != 0) _wait = Wait.Event;
    }

    private void Acknowledge(int bytes)
    {
        if (Unacknowledged == 0) return;
        _queue.Acknowledge(bytes);
        if (Unacknowledged > 0)
        {
            _giveUp.Set(_board.Now + _board.Parameters.TcpGiveUp);
            return;
        }

        _giveUp.Cancel();
        if (_wait != Wait.Sent) return;
        WaitForEvents();
        User.AllAcknowledged();
    }

    private void Drop(bool abort)
    {
        _connectTimeout.Cancel();
        _giveUp.Cancel();
        _queue.Clear();
        _stack.Unroute(this);
        var open = State is ControlState.TcpConnecting or ControlState.TlsHandshake or ControlState.Online;
        // Without a link nothing leaves; the peer keeps a half-open connection.
        if (!open || _udp || _peerGone || !_stack.Link.IsUp) return;
        _stack.Transmit(new AirRequest.CloseTcp(Number, abort && _board.Parameters.ForcedCloseResets));
    }

    private void OnClosed()
    {
        Number = 0;
        if (_wait != Wait.Offline)
        {
            Fail();
            return;
        }

        (State, _wait) = (ControlState.Off, Wait.Nothing);
        User.NotOnline();
    }

    private void Fail()
    {
        _wait = Wait.Nothing;
        User.Failed();
    }
}
