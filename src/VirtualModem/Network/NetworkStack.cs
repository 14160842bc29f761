
using AirHil.Modem.Air;
using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The module's network adapter: eight controls that all clients share, the stack's eight sockets, the resolver,
/// and the radio's delay in both directions (reference-net §1.3).
/// </summary>
internal sealed class NetworkStack
{
    private const int WiredControls = 7;

    private readonly Board _board;
    private readonly NetworkControl[] _controls;
    private readonly StackSocket[] _sockets;
    private readonly Dictionary<int, StackSocket> _byConnection = [];
    private readonly Dictionary<int, StackSocket> _bySocket = [];
    private readonly Queue<(TimeSpan Due, AirEvent Happened)> _downlink = [];
    private readonly Alarm _downlinkDue;
    private NetworkControl[] _wired = [];
    private int _nextSocket;
    private long _tags;

    public NetworkStack(Board board, AirCounters counters, SystemHeap heap)
    {
        _board = board;
        Counters = counters;
        Heap = heap;
        Task = new NetworkTask(board);
        Dns = new DnsClient(board, Transmit, Task.Later, counters);
        _controls = [.. Enumerable.Range(0, board.Parameters.SocketLimit)
            .Select(slot => new NetworkControl(NetworkControl.AddressOf(slot), board, this))];
        _sockets = [.. Enumerable.Range(0, board.Parameters.StackSockets)
            .Select(id => new StackSocket(id, board, this))];
        _downlinkDue = board.NewAlarm(OnDownlinkDue);
    }

    /// <summary>Whether the cellular link is up.</summary>
    public bool IsLinkUp { get; private set; }

    public AirCounters Counters { get; }
    public DnsClient Dns { get; }
    public NetworkTask Task { get; }

    /// <summary>Where data lies until the peer, or the script, has it.</summary>
    public SystemHeap Heap { get; }

    /// <summary>Set once the radio exists.</summary>
    public RrcMachine? Rrc { get; set; }

    /// <summary>Whether the module's clock shows a date on which a certificate can be valid.</summary>
    public Func<bool> ClockIsSet { get; init; } = static () => true;

    /// <summary>
    /// Takes the first free control (network_alloc_ctrl); null where there is no such adapter or all are taken, and the
    /// log tells which.
    /// </summary>
    public NetworkControl? Allocate(IControlUser user, int adapter = AdapterNumber.Cellular)
    {
        var controls = adapter == AdapterNumber.Cellular ? _controls : _wired;
        if (adapter != AdapterNumber.Cellular && (adapter != AdapterNumber.Wired || _wired.Length == 0))
        {
            _board.Log.Raw($"network_alloc_ctrl 1363:adapter index {adapter} is invalid!");
            return null;
        }

        if (Array.Find(controls, control => !control.IsTaken) is { } free)
        {
            free.Take(user);
            return free;
        }

        _board.Log.Raw("network_alloc_ctrl 1381:adapter no more ctrl!");
        return null;
    }

    /// <summary>Adds an adapter with controls of its own, whose link never comes up: nothing is connected.</summary>
    public void AddWired()
    {
        _wired = [.. Enumerable.Range(0, WiredControls)
            .Select(slot => new NetworkControl(NetworkControl.WiredAddressOf(slot), _board, this, isWired: true))];
    }

    /// <summary>Gives a control back; whatever it has ends at once.</summary>
    public void Free(NetworkControl control) => control.Release();

    /// <summary>Whether another control, in use or not, has this local port.</summary>
    public bool IsPortTaken(NetworkControl asking, int port) =>
        Array.Exists(
            Array.IndexOf(_wired, asking) < 0 ? _controls : _wired,
            control => control != asking && control.LocalPort == port);

    /// <summary>
    /// Takes a socket for a control: the next one in turn, or else the first that is free. Null: there is none, which
    /// the stack tells in many lines, twice.
    /// </summary>
    public StackSocket? TakeSocket(NetworkControl owner, bool isTcp)
    {
        if (FindSocket() is not { } socket)
        {
            CleanSockets();
            CleanSockets();
            return null;
        }

        socket.Take(owner, isTcp, ++_tags);
        return socket;
    }

    /// <summary>Puts a packet on the air, after the radio's setup where it was idle.</summary>
    public void Transmit(AirRequest request)
    {
        var now = _board.Now;
        _board.EmitAt(request, Rrc is null ? now : Rrc.Uplink(now));
    }

    /// <summary>The module repeats nothing of a connection any more; no packet tells it.</summary>
    public void Forget(int connection) => _board.EmitAt(new AirRequest.ForgetTcp(connection), _board.Now);

    /// <summary>A packet from the air; an idle radio is paged first.</summary>
    public void Receive(AirEvent happened)
    {
        var now = _board.Now;
        var due = Rrc is null ? now : Rrc.Downlink(now);
        if (due <= now && _downlink.Count == 0)
        {
            Accept(happened);
            return;
        }

        _downlink.Enqueue((due, happened));
        if (!_downlinkDue.IsSet) _downlinkDue.Set(due);
    }

    public void RouteConnection(StackSocket socket) => _byConnection[socket.Number] = socket;

    public void RouteSocket(StackSocket socket) => _bySocket[socket.Number] = socket;

    public void Unroute(StackSocket socket)
    {
        foreach (var number in _byConnection.Where(pair => pair.Value == socket).Select(pair => pair.Key).ToArray())
        {
            _byConnection.Remove(number);
        }

        if (_bySocket.GetValueOrDefault(socket.Number) == socket) _bySocket.Remove(socket.Number);
    }

    /// <summary>The cellular link came or went.</summary>
    public void LinkChanged(bool isUp)
    {
        IsLinkUp = isUp;
        if (isUp)
        {
            Dns.LinkWentUp();
        }
        else
        {
            Dns.Clear();
            foreach (var socket in _sockets) socket.LinkWentDown();
        }

        foreach (var control in _controls)
        {
            if (control.IsTaken) control.LinkChanged(isUp);
        }
    }

    private StackSocket? FindSocket()
    {
        for (var i = 0; i < _sockets.Length; i++)
        {
            var socket = _sockets[(_nextSocket + i) % _sockets.Length];
            if (socket.InUse) continue;
            _nextSocket = (socket.Id + 1) % _sockets.Length;
            return socket;
        }

        return null;
    }

    /// <summary>What net_lwip_socket_clean prints where all sockets belong to controls; it then frees none.</summary>
    private void CleanSockets()
    {
        for (var i = 0; i < _controls.Length; i++)
        {
            _board.Log.Raw($"net_lwip_socket_clean 1553:{i},{_controls[i].SocketId}");
        }

        foreach (var socket in _sockets)
        {
            var kept = Array.Exists(_controls, control => control.SocketId == socket.Id) ? 1 : 0;
            var (used, open) = (socket.InUse ? 1 : 0, socket.IsClosing ? 0 : 1);
            _board.Log.Raw($"net_lwip_socket_clean 1557:{socket.Id},{kept},{used},{open}");
        }
    }

    private void OnDownlinkDue()
    {
        while (_downlink.TryPeek(out var first) && first.Due <= _board.Now)
        {
            _downlink.Dequeue();
            Accept(first.Happened);
        }

        if (_downlink.TryPeek(out var next)) _downlinkDue.Set(next.Due);
    }

    /// <summary>The task takes it when it comes to it; the end of a handshake ends its computation.</summary>
    private void Accept(AirEvent happened)
    {
        var ended = happened switch
        {
            AirEvent.TlsOpened e => e.Connection,
            AirEvent.TlsFailed e => e.Connection,
            _ => 0,
        };
        if (_byConnection.TryGetValue(ended, out var socket)) Task.Computed(socket);
        Task.Do(() => Dispatch(happened));
    }

    private void Dispatch(AirEvent happened)
    {
        if (!IsLinkUp) return; // What comes after the bearer is gone meets no stack.
        switch (happened)
        {
            case AirEvent.HostResolved resolved:
                Dns.Resolved(resolved.Query, resolved.Address.Length == 0 ? [] : [resolved.Address]);
                break;
            case AirEvent.HostNotFound:
                // V1112 does not fail fast on a negative answer: it lets the tries run out (reference-net §6.1).
                break;
            case AirEvent.TcpArrived e when Array.Find(_sockets, each => each.ListensAt(e.Port)) is { } listener:
                _byConnection[e.Connection] = listener;
                listener.Arrive(e.Connection);
                break;
            case AirEvent.TcpArrived e:
                Transmit(new AirRequest.CloseTcp(e.Connection, Abort: true));
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
                if (_bySocket.TryGetValue(e.Socket, out var socket)) socket.Handle(e);
                break;
            default:
                throw new InvalidOperationException($"The IP stack does not know {happened.GetType().Name}.");
        }
    }

    private void ToConnection(int number, AirEvent happened, bool answerReset)
    {
        if (_byConnection.TryGetValue(number, out var socket)) socket.Handle(happened);
        // As any stack answers a stray segment.
        else if (answerReset) Transmit(new AirRequest.CloseTcp(number, Abort: true));
    }
}
