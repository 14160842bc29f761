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
}

internal enum ControlState
{
    Off,
    WaitLink,
    Resolving,
    TcpConnecting,
    TlsHandshake,
    Online,
}

/// <summary>
/// One of the module's eight sockets with what belongs to it: wait for the link, DNS, TCP or UDP, TLS (reference §3.6,
/// §4.4). TLS has no timeout of its own, and there is no keepalive.
/// </summary>
internal sealed class NetworkControl : ILinkUser
{
    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly Alarm _connectTimeout;
    private readonly Alarm _giveUp;
    private string _host = "";
    private int _port;
    private bool _tls;
    private bool _udp;
    private bool _peerGone;
    private string _address = "";
    private Action<string?>? _answered;

    public NetworkControl(Board board, NetworkStack stack, IControlUser user)
    {
        _board = board;
        _stack = stack;
        User = user;
        _connectTimeout = board.NewAlarm(Fail);
        _giveUp = board.NewAlarm(Fail);
    }

    public IControlUser User { get; }
    public ControlState State { get; private set; }

    /// <summary>The connection's or UDP socket's number in the air; 0 without one.</summary>
    public int Number { get; private set; }

    /// <summary>Bytes sent and not yet acknowledged.</summary>
    public int Unacknowledged { get; private set; }

    /// <summary>Starts to connect. False: a connection exists or is under way.</summary>
    public bool Connect(string host, int port, bool tls, bool udp)
    {
        if (State != ControlState.Off) return false;
        (_host, _port, _tls, _udp) = (host, port, tls, udp);
        if (_stack.Link.IsUp) StartResolving();
        else State = ControlState.WaitLink;
        return true;
    }

    /// <summary>Sends bytes; false: not online, or the send buffer has no room.</summary>
    public bool Send(ReadOnlyMemory<byte> bytes)
    {
        if (State != ControlState.Online) return false;
        if (_udp)
        {
            _stack.Transmit(new AirRequest.SendUdp(Number, _address, _port, bytes));
            return true;
        }

        if (Unacknowledged + bytes.Length > _board.Parameters.TcpSendBuffer)
        {
            _board.Notice(
                $"The TCP send buffer to {_host} is full ({_board.Parameters.TcpSendBuffer} bytes): " +
                $"{bytes.Length} bytes refused.");
            return false;
        }

        if (Unacknowledged == 0) _giveUp.Set(_board.Now + _board.Parameters.TcpGiveUp);
        Unacknowledged += bytes.Length;
        _stack.Transmit(new AirRequest.SendTcp(Number, bytes));
        return true;
    }

    /// <summary>Drops whatever there is, at once.</summary>
    public void Close()
    {
        if (_answered is not null) _stack.Dns.Forget(_answered);
        _answered = null;
        var open = State is ControlState.TcpConnecting or ControlState.TlsHandshake or ControlState.Online;
        State = ControlState.Off;
        _connectTimeout.Cancel();
        _giveUp.Cancel();
        Unacknowledged = 0;
        if (Number == 0) return;
        _stack.Unroute(this);
        // Without a link nothing leaves; the peer keeps a half-open connection.
        if (open && !_udp && !_peerGone && _stack.Link.IsUp)
        {
            _stack.Transmit(new AirRequest.CloseTcp(Number, _board.Parameters.ForcedCloseResets));
        }

        Number = 0;
    }

    public void LinkWentUp()
    {
        if (State == ControlState.WaitLink) StartResolving();
    }

    public void LinkWentDown()
    {
        if (State is not (ControlState.Off or ControlState.WaitLink)) Fail();
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
                User.Received(received.Bytes);
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

    private void StartResolving()
    {
        _peerGone = false;
        if (IPAddress.TryParse(_host, out var literal) && literal.AddressFamily == AddressFamily.InterNetwork)
        {
            Open(_host);
            return;
        }

        State = ControlState.Resolving;
        _answered = OnResolved;
        _stack.Dns.Resolve(_host, _answered);
    }

    private void OnResolved(string? address)
    {
        _answered = null;
        if (address is null) Fail();
        else Open(address);
    }

    private void Open(string address)
    {
        _address = address;
        if (_udp)
        {
            Number = _stack.Counters.NextSocket();
            _stack.RouteSocket(this);
            GoOnline();
            return;
        }

        Number = _stack.Counters.NextConnection();
        _stack.RouteConnection(this);
        State = ControlState.TcpConnecting;
        _connectTimeout.Set(_board.Now + _board.Parameters.TcpConnectTimeout);
        _stack.Transmit(new AirRequest.OpenTcp(Number, address, _port));
    }

    private void GoOnline()
    {
        State = ControlState.Online;
        User.Connected();
    }

    private void Acknowledge(int bytes)
    {
        if (Unacknowledged == 0) return;
        Unacknowledged = Math.Max(0, Unacknowledged - bytes);
        if (Unacknowledged > 0)
        {
            _giveUp.Set(_board.Now + _board.Parameters.TcpGiveUp);
            return;
        }

        _giveUp.Cancel();
        User.AllAcknowledged();
    }

    private void Fail() => User.Failed();
}
