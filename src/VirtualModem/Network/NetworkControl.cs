using System.Globalization;

using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// One of the module's eight network controls (network_ctrl_t): what its user asks for, and with
/// <c>NetworkControl.Machine.cs</c> how the stack's events answer (reference-net §1.4 to §1.6,
/// L:components/network/adapter/luat_network_adapter.c). There is no time-out of its own. A forced close leaves the
/// state as it is, so that a later change of the link is a failure once more.
/// </summary>
/// <param name="address">Where it lies, as logs show it.</param>
/// <param name="isWired">Of the adapter whose link never comes up.</param>
internal sealed partial class NetworkControl(int address, Board board, NetworkStack stack, bool isWired = false)
{
    [Guess("Where the table of controls lies in RAM. One log line shows it.")]
    private const int TableAddress = 0x0046_D000;

    [Guess("Where the table of controls of socket.ETH0 lies, which is on the heap.")]
    private const int WiredTableAddress = 0x0048_0000;

    /// <summary>sizeof(network_ctrl_t) on the chip.</summary>
    private const int ControlBytes = 184;

    [Guess("The seconds for which DNS answers are valid. The firmware uses them in a debug line only.")]
    private const int DnsTtlSeconds = 600;

    private readonly TlsSession _tls = new(board, stack);
    private IControlUser _user = null!;
    private StackSocket? _socket;
    private long _tag;
    private IReadOnlyList<string> _found = [];
    private int _foundAt;
    private string? _remote;
    private string _host = "";
    private int _port;
    private bool _asked;
    private bool _needsClose;
    private bool _newData;
    private bool _isServer;
    private long _sent;
    private long _acknowledged;

    public bool IsTaken { get; private set; }
    public ControlState State { get; private set; }
    public WaitTarget Wait { get; private set; }

    /// <summary>TCP, or UDP, which it is until a user says otherwise.</summary>
    public bool IsTcp { get; set; }

    /// <summary>For connections that begin from now on. Null: none; only a script's socket can have one.</summary>
    public KeepAlive? KeepAlive { get; set; }

    private bool IsLinkUp => !isWired && stack.IsLinkUp;

    /// <summary>Whether the debug lines are printed.</summary>
    public bool IsDebug { get; set; }

    /// <summary>0: lwIP chooses one. It stays with a free control until somebody takes it again.</summary>
    public int LocalPort { get; private set; }

    /// <summary>The socket's number of 0 to 7 in the log; -1 without one.</summary>
    public int SocketId => _socket?.Id ?? -1;

    /// <summary>The addresses that DNS gave for this connection.</summary>
    public IReadOnlyList<string> Found => _found;

    public TlsSession Tls => _tls;

    /// <summary>Where it lies, as logs show it.</summary>
    public int Address => address;

    /// <summary>The address of a control of the modem's adapter.</summary>
    /// <param name="slot">0 to 7.</param>
    public static int AddressOf(int slot) => TableAddress + (slot * ControlBytes);

    /// <summary>The address of a control of an adapter that was added, whose table is on the heap.</summary>
    /// <param name="slot">0 to 6.</param>
    public static int WiredAddressOf(int slot) => WiredTableAddress + (slot * ControlBytes);

    /// <summary>network_init_ctrl.</summary>
    public void Take(IControlUser user)
    {
        IsTaken = true;
        _user = user;
        (State, Wait, IsTcp, KeepAlive, IsDebug, LocalPort) = (default, default, false, null, false, 0);
        (_socket, _tag, _found, _foundAt, _remote, _host, _port) = (null, 0, [], 0, null, "", 0);
        (_asked, _needsClose, _newData, _isServer, _sent, _acknowledged) = (false, false, false, false, 0, 0);
    }

    /// <summary>Sets the local port; false: another control has it, and the port stays what it was.</summary>
    public bool SetLocalPort(int port)
    {
        if (port != 0 && stack.IsPortTaken(this, port)) return false;
        LocalPort = port;
        return true;
    }

    /// <summary>network_set_server_cert; false: not all can be read.</summary>
    public bool SetAuthorities(PemCertificates read)
    {
        _tls.AddAuthorities(read.Pem);
        if (read.Error == 0) return true;
        Debug($"network_set_server_cert 1830:{read.Error:x8}");
        return false;
    }

    /// <summary>network_set_client_cert; false: not all of it can be read.</summary>
    public bool SetIdentity(TlsIdentity read)
    {
        if (read.Certificates.Error != 0) Debug($"network_set_client_cert 1862:{read.Certificates.Error:x8}");
        else if (read.KeyError != 0) Debug($"network_set_client_cert 1872:{read.KeyError:x8}");
        else _tls.AddIdentity(read);
        return read.Certificates.Error == 0 && read.KeyError == 0;
    }

    /// <summary>network_wait_link_up. On a control that is connected it breaks the connection's state.</summary>
    public NetworkReply WaitLinkUp()
    {
        _asked = true;
        (State, Wait) = IsLinkUp
            ? (ControlState.OffLine, WaitTarget.Nothing)
            : (ControlState.LinkOff, WaitTarget.Link);
        return IsLinkUp ? NetworkReply.Done : NetworkReply.Pending;
    }

    /// <summary>
    /// Starts to connect, or to look a name up where the port is 0. Failed: a socket is there already, or none is free.
    /// </summary>
    /// <param name="host">A name or an address.</param>
    public NetworkReply Connect(string host, int port) => Connect(host, null, port);

    /// <summary>As above, to an address that is known.</summary>
    public NetworkReply ConnectTo(string address, int port) => Connect("", address, port);

    /// <summary>Starts to listen at <see cref="LocalPort"/>.</summary>
    public NetworkReply Listen()
    {
        if (State == ControlState.Listening) return NetworkReply.Done;
        if (_socket is not null) return NetworkReply.Failed;
        (_isServer, _asked, _needsClose) = (true, true, false);
        Wait = WaitTarget.Online;
        if (!IsLinkUp)
        {
            State = ControlState.LinkOff;
            return NetworkReply.Pending;
        }

        if (!OpenListener())
        {
            (State, Wait) = (ControlState.OffLine, WaitTarget.Nothing);
            return NetworkReply.Failed;
        }

        State = ControlState.Connecting;
        return NetworkReply.Pending;
    }

    /// <summary>
    /// Sends bytes, UDP to another address where one is given. Failed: not online, or the system heap has no room for
    /// them; there is no other limit.
    /// </summary>
    public NetworkReply Send(ReadOnlyMemory<byte> bytes, string? address = null, int port = 0)
    {
        if (_needsClose || _socket is null || State != ControlState.Online) return NetworkReply.Failed;
        _asked = true;
        if (_socket.IsClosing || !_socket.Send(bytes, address, port))
        {
            _needsClose = true;
            return NetworkReply.Failed;
        }

        _sent += bytes.Length;
        Wait = WaitTarget.Sent;
        return NetworkReply.Pending;
    }

    /// <summary>Bytes that can be read; null: none any more, the connection is over.</summary>
    public int? Readable
    {
        get
        {
            if (!CanRead) return null;
            _asked = true;
            if (!Tls.IsOn) return _socket!.Unread;
            var record = _socket!.FirstUnread;
            if (record == 0)
            {
                _newData = false;
                Debug($"network_rx 2528:socket {SocketId} ssl data need more");
            }

            return record;
        }
    }

    /// <summary>
    /// Reads what there is, one datagram of UDP; null: the connection is over.
    /// </summary>
    /// <param name="address">Whose datagram it is; "" for TCP.</param>
    public int? Receive(Span<byte> target, out string address, out int port)
    {
        (address, port) = ("", 0);
        if (!CanRead) return null;
        _asked = true;
        _newData = false;
        return _socket!.Read(target, out address, out port);
    }

    /// <summary>Waits for the next event. Done: there is unread data.</summary>
    public NetworkReply WaitEvent()
    {
        if (_newData)
        {
            Wait = WaitTarget.Event;
            return NetworkReply.Done;
        }

        if (_needsClose || _socket is null || State != ControlState.Online) return NetworkReply.Failed;
        _asked = true;
        Wait = WaitTarget.Event;
        return NetworkReply.Pending;
    }

    /// <summary>
    /// Ends what there is (network_close): an open TCP connection in order, anything else at once. What is said about a
    /// name that is still asked for is heard by nobody.
    /// </summary>
    public NetworkReply Disconnect()
    {
        var before = State;
        (_asked, _needsClose, _newData) = (true, false, false);
        _tls.Drop();
        (State, Wait) = (ControlState.OffLine, WaitTarget.Nothing);
        if (_socket is null) return NetworkReply.Done;
        if (before != ControlState.Online || !IsTcp || _socket.IsClosing)
        {
            Close();
            return NetworkReply.Done;
        }

        (State, Wait) = (ControlState.Disconnecting, WaitTarget.OffLine);
        _socket.Disconnect();
        return NetworkReply.Pending;
    }

    /// <summary>Drops whatever there is, at once; the state stays (network_force_close_socket).</summary>
    public void Close()
    {
        _tls.Drop();
        _socket?.ForceClose();
        _socket = null;
        (_needsClose, _newData) = (false, false);
        (_found, _foundAt) = ([], 0);
        Wait = WaitTarget.Nothing;
    }

    /// <summary>The control is given back.</summary>
    public void Release()
    {
        Close();
        _tls.TurnOff();
        IsTaken = false;
    }

    private bool CanRead =>
        (!_needsClose || _newData) && State == ControlState.Online && _socket is { IsClosing: false };

    private NetworkReply Connect(string host, string? address, int port)
    {
        if (_socket is not null) return NetworkReply.Failed;
        (_isServer, _sent, _acknowledged, _needsClose, _asked) = (false, 0, 0, false, true);
        (_host, _remote, _port, _found) = (host, address, port, []);
        Wait = WaitTarget.Online;
        if (!IsLinkUp)
        {
            State = ControlState.LinkOff;
            return NetworkReply.Pending;
        }

        if (Prepare()) return NetworkReply.Pending;
        (State, Wait) = (ControlState.OffLine, WaitTarget.Nothing);
        return NetworkReply.Failed;
    }

    /// <summary>Connects to an address, or asks for the name's (network_prepare_connect).</summary>
    private bool Prepare()
    {
        _remote ??= NetworkAddress.Parse(_host);
        if (_remote is null)
        {
            State = ControlState.WaitDns;
            var (host, service) = (_host, Service());
            stack.Task.Do(() => stack.Dns.Resolve(host, OnResolved, service));
            return true;
        }

        if (!Open(_remote)) return false;
        State = ControlState.Connecting;
        return true;
    }

    private string Service()
    {
        var scheme = _user.Scheme is { } known ? $"{known}{(_tls.IsOn ? "s" : "")}" : IsTcp ? "tcp" : "udp";
        return string.Create(CultureInfo.InvariantCulture, $"{scheme}://{_host}:{_port}");
    }

    /// <summary>Takes a new socket of the stack, in place of one that could not connect; false: none is free.</summary>
    private bool Open(string address)
    {
        if (!TakeSocket()) return false;
        _socket!.Connect(address, _port, KeepAlive);
        return true;
    }

    private bool OpenListener()
    {
        if (!TakeSocket()) return false;
        _socket!.Listen(LocalPort);
        return true;
    }

    private bool TakeSocket()
    {
        if (_socket is not null)
        {
            _tls.Drop();
            _socket.ForceClose();
            _needsClose = false;
        }

        _socket = stack.TakeSocket(this, IsTcp);
        _tag = _socket?.Tag ?? 0;
        return _socket is not null;
    }

    /// <summary>A line of socket.debug; its text is made only if somebody reads it.</summary>
    private void Debug(FormattableString line)
    {
        if (IsDebug) board.Log.Raw(line.ToString(CultureInfo.InvariantCulture));
    }
}
