using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>The module's IP stack: eight sockets, the resolver, and the radio's delay in both directions.</summary>
internal sealed class NetworkStack
{
    private readonly Board _board;
    private readonly List<NetworkControl> _controls = [];
    private readonly Dictionary<int, NetworkControl> _connections = [];
    private readonly Dictionary<int, NetworkControl> _sockets = [];
    private readonly Queue<(TimeSpan Due, AirEvent Happened)> _downlink = [];
    private readonly Alarm _downlinkDue;

    public NetworkStack(Board board, IpLink link, AirCounters counters, SystemHeap heap)
    {
        _board = board;
        Link = link;
        Counters = counters;
        Heap = heap;
        Dns = new DnsClient(board, Transmit, counters);
        Link.Add(Dns);
        _downlinkDue = board.NewAlarm(OnDownlinkDue);
    }

    public IpLink Link { get; }
    public AirCounters Counters { get; }
    public DnsClient Dns { get; }

    /// <summary>Where data lies until the peer has it.</summary>
    public SystemHeap Heap { get; }

    /// <summary>Whether each socket of the stack has a connection; they are not the controls.</summary>
    public bool IsOutOfSockets => _controls.Count(control => control.Number != 0) >= _board.Parameters.StackSockets;

    /// <summary>Set once the radio exists.</summary>
    public RrcMachine? Rrc { get; set; }

    /// <summary>Takes one of the module's sockets; null when all are taken (reference §4.4).</summary>
    public NetworkControl? Allocate(IControlUser user)
    {
        if (_controls.Count >= _board.Parameters.SocketLimit)
        {
            _board.Log.Raw("network_alloc_ctrl 1381:adapter no more ctrl!");
            return null;
        }

        var control = new NetworkControl(_board, this, user);
        _controls.Add(control);
        Link.Add(control);
        return control;
    }

    public void Free(NetworkControl control)
    {
        control.Release();
        _controls.Remove(control);
        Link.Remove(control);
    }

    /// <summary>Puts a packet on the air, after the radio's setup where it was idle.</summary>
    public void Transmit(AirRequest request)
    {
        var now = _board.Now;
        _board.EmitAt(request, Rrc is null ? now : Rrc.Uplink(now));
    }

    /// <summary>A packet from the air; an idle radio is paged first.</summary>
    public void Receive(AirEvent happened)
    {
        var now = _board.Now;
        var due = Rrc is null ? now : Rrc.Downlink(now);
        if (due <= now && _downlink.Count == 0)
        {
            Dispatch(happened);
            return;
        }

        _downlink.Enqueue((due, happened));
        if (!_downlinkDue.IsSet) _downlinkDue.Set(due);
    }

    public void RouteConnection(NetworkControl control) => _connections[control.Number] = control;

    public void RouteSocket(NetworkControl control) => _sockets[control.Number] = control;

    public void Unroute(NetworkControl control)
    {
        if (_connections.TryGetValue(control.Number, out var connection) && connection == control)
        {
            _connections.Remove(control.Number);
        }

        if (_sockets.TryGetValue(control.Number, out var socket) && socket == control) _sockets.Remove(control.Number);
    }

    private void OnDownlinkDue()
    {
        while (_downlink.TryPeek(out var first) && first.Due <= _board.Now)
        {
            _downlink.Dequeue();
            Dispatch(first.Happened);
        }

        if (_downlink.TryPeek(out var next)) _downlinkDue.Set(next.Due);
    }

    private void Dispatch(AirEvent happened)
    {
        if (!Link.IsUp) return; // What comes after the bearer is gone meets no stack.
        switch (happened)
        {
            case AirEvent.HostResolved resolved:
                Dns.Resolved(resolved.Query, resolved.Address);
                break;
            case AirEvent.HostNotFound:
                // V1112 does not fail fast on a negative answer: it lets the tries run out (reference §4.3).
                break;
            case AirEvent.TcpOpened e:
                ToConnection(e.Connection, e, answerReset: true);
                break;
            case AirEvent.TcpRefused e:
                ToConnection(e.Connection, e, answerReset: false);
                break;
            case AirEvent.TlsOpened e:
                ToConnection(e.Connection, e, answerReset: false);
                break;
            case AirEvent.TlsFailed e:
                ToConnection(e.Connection, e, answerReset: false);
                break;
            case AirEvent.TcpReceived e:
                ToConnection(e.Connection, e, answerReset: true);
                break;
            case AirEvent.TcpAcknowledged e:
                ToConnection(e.Connection, e, answerReset: false);
                break;
            case AirEvent.TcpClosed e:
                ToConnection(e.Connection, e, answerReset: false);
                break;
            case AirEvent.UdpReceived e:
                if (_sockets.TryGetValue(e.Socket, out var socket)) socket.Handle(e);
                break;
            default:
                throw new InvalidOperationException($"The IP stack does not know {happened.GetType().Name}.");
        }
    }

    private void ToConnection(int number, AirEvent happened, bool answerReset)
    {
        if (_connections.TryGetValue(number, out var control)) control.Handle(happened);
        // As any stack answers a stray segment.
        else if (answerReset) Transmit(new AirRequest.CloseTcp(number, Abort: true));
    }
}
