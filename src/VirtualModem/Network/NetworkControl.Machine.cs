using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace AirHil.VirtualModem.Network;

/// <summary>
/// The state machine: one function for each state, as in the firmware. A function gives Done or Failed for what its
/// user waits for, and Pending where there is nothing to tell.
/// </summary>
internal sealed partial class NetworkControl
{
    /// <summary>An event of the socket, or of one that the control had before.</summary>
    public void Handle(StackEvent happened, long tag)
    {
        if (tag != _tag)
        {
            board.Log.Raw($"network_default_socket_callback 1124:cb ctrl invaild {Address:x} {happened.Number:X8}");
            board.Log.Raw(TagDump(tag));
            return;
        }

        Process(happened, 1107, 1111);
    }

    /// <summary>The tag's bytes, as DBG_HexPrintf writes them (S:project/luatos/src/luat_base_ec618.c).</summary>
    private static string TagDump(long tag)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, tag);
        var text = new StringBuilder();
        foreach (var value in bytes) text.Append(CultureInfo.InvariantCulture, $"{value:X2} ");
        return text.ToString();
    }

    /// <summary>The link came or went. Who has asked the control for nothing yet gets the bare event.</summary>
    public void LinkChanged(bool isUp)
    {
        if (_asked) Process(new StackEvent(StackEventKind.LinkChanged, isUp), 1143, 1147);
        else _user.Handle(ControlEvent.LinkChanged, failed: false);
    }

    /// <summary>
    /// An answer of the resolver, maybe to a request of an earlier attempt: it counts where one is waited for.
    /// </summary>
    private void OnResolved(IReadOnlyList<string> addresses)
    {
        var happened = new StackEvent(StackEventKind.DnsResult, Addresses: addresses);
        if (!IsTaken || Wait != WaitTarget.Online)
        {
            Debug($"network_default_socket_callback 1102:socket {EventText(happened)},{WaitText}");
            return;
        }

        Process(happened, 1107, 1111);
    }

    private void Process(StackEvent happened, int lineBefore, int lineAfter)
    {
        const string callback = "network_default_socket_callback";
        var before = IsDebug ? $"{EventText(happened)},{StateText},{WaitText}" : "";
        Debug($"{callback} {lineBefore}:before process socket {SocketId},{before}");
        Run(happened);
        Debug($"{callback} {lineAfter}:after process socket {SocketId},{StateText},{WaitText}");
    }

    private static string EventText(StackEvent happened) =>
        string.Create(CultureInfo.InvariantCulture, $"event:0x{happened.Number:x}({ControlWords.Of(happened)})");

    private string StateText =>
        string.Create(CultureInfo.InvariantCulture, $"state:{(int)State}({ControlWords.Of(State)})");

    private string WaitText =>
        string.Create(CultureInfo.InvariantCulture, $"wait:{(int)Wait}({ControlWords.Of(Wait)})");

    private void Run(StackEvent happened)
    {
        var isClosing = State == ControlState.Disconnecting && Wait == WaitTarget.OffLine;
        var result = Step(happened);
        if (result == NetworkReply.Pending)
        {
            if (_newData) _user.Handle(ControlEvent.Event, failed: false);
            return;
        }

        var told = isClosing && Wait == WaitTarget.Nothing ? ControlEvent.Closed : EventOf(Wait);
        var failed = result == NetworkReply.Failed;
        if (State != ControlState.Listening || failed) Wait = WaitTarget.Nothing;
        _user.Handle(told, failed);
    }

    private static ControlEvent EventOf(WaitTarget wait) => wait switch
    {
        WaitTarget.Link => ControlEvent.Link,
        WaitTarget.Online => ControlEvent.Online,
        WaitTarget.Sent => ControlEvent.Sent,
        WaitTarget.OffLine => ControlEvent.Closed,
        _ => ControlEvent.Event,
    };

    private NetworkReply Step(StackEvent happened) => State switch
    {
        ControlState.LinkOff => InLinkOff(happened),
        ControlState.OffLine => NetworkReply.Pending,
        ControlState.WaitDns => InWaitDns(happened),
        ControlState.Connecting => InConnecting(happened),
        ControlState.Handshake => InHandshake(happened),
        ControlState.Online => InOnline(happened),
        ControlState.Listening => InListening(happened),
        ControlState.Disconnecting => InDisconnecting(happened),
        _ => throw new InvalidOperationException($"No state {State}."),
    };

    private NetworkReply InLinkOff(StackEvent happened)
    {
        if (happened is not { Kind: StackEventKind.LinkChanged, IsUp: true }) return NetworkReply.Pending;
        State = ControlState.OffLine;
        if (Wait == WaitTarget.Link) return NetworkReply.Done;
        if (Wait != WaitTarget.Online) return NetworkReply.Pending;
        if (!_isServer) return Prepare() ? NetworkReply.Pending : NetworkReply.Failed;
        if (!OpenListener()) return NetworkReply.Failed;
        State = ControlState.Connecting;
        return NetworkReply.Pending;
    }

    private NetworkReply InWaitDns(StackEvent happened)
    {
        if (_needsClose || Wait != WaitTarget.Online) return NetworkReply.Failed;
        switch (happened.Kind)
        {
            case StackEventKind.Error:
            case StackEventKind.LinkChanged:
                return NetworkReply.Failed; // also of a link that came: the C code falls out of its switch
            case StackEventKind.DnsResult when happened.Addresses is { Count: > 0 } found:
                _found = found;
                var ends = DnsTtlSeconds + (long)board.Clock.Tick.TotalSeconds;
                for (var i = 0; i < found.Count; i++)
                {
                    Debug($"network_state_wait_dns 628:dns ip{i}, ttl {ends}, {found[i]}");
                }

                if (_port == 0)
                {
                    State = ControlState.OffLine;
                    return NetworkReply.Done;
                }

                _foundAt = 0;
                return TryNext();
            case StackEventKind.DnsResult:
                return NetworkReply.Failed;
            default:
                return NetworkReply.Pending;
        }
    }

    private NetworkReply TryNext()
    {
        if (!Open(_found[_foundAt])) return NetworkReply.Failed;
        State = ControlState.Connecting;
        return NetworkReply.Pending;
    }

    private NetworkReply InConnecting(StackEvent happened)
    {
        if (_needsClose || Wait != WaitTarget.Online) return NetworkReply.Failed;
        switch (happened.Kind)
        {
            case StackEventKind.Error or StackEventKind.RemoteClosed or StackEventKind.CloseDone:
                if (_remote is not null) return NetworkReply.Failed;
                Debug($"network_state_connecting 680:dns ip {_foundAt} no connect!,{_found.Count}");
                if (++_foundAt < _found.Count) return TryNext();
                Debug($"network_state_connecting 684:all ip try connect failed");
                return NetworkReply.Failed;
            case StackEventKind.LinkChanged:
                return NetworkReply.Failed;
            case StackEventKind.Listening when _isServer:
                State = ControlState.Listening;
                return NetworkReply.Pending;
            case StackEventKind.Connected when !Tls.IsOn:
                State = ControlState.Online;
                return NetworkReply.Done;
            case StackEventKind.Connected:
                return BeginHandshake();
            default:
                return NetworkReply.Pending;
        }
    }

    private NetworkReply BeginHandshake()
    {
        State = ControlState.Handshake;
        if (!_tls.Begin())
        {
            board.Log.Raw($"network_state_connecting 751:0x7100, 0");
            return NetworkReply.Failed;
        }

        _socket!.StartTls(_host, _tls.Authorities, _tls.Identity);
        return NetworkReply.Pending;
    }

    private NetworkReply InHandshake(StackEvent happened)
    {
        if (_needsClose || Wait is not (WaitTarget.Online or WaitTarget.Sent)) return NetworkReply.Failed;
        switch (happened.Kind)
        {
            case StackEventKind.Error or StackEventKind.RemoteClosed or StackEventKind.CloseDone:
            case StackEventKind.LinkChanged when !happened.IsUp:
                _needsClose = true;
                return NetworkReply.Failed;
            case StackEventKind.TlsStep:
                if (_tls.Finish(happened.TlsFailure) is not var (code, step))
                {
                    State = ControlState.Online;
                    return NetworkReply.Done;
                }

                board.Log.Raw($"network_state_shakehand 811:0x{code:x}, {step}");
                _needsClose = true;
                return NetworkReply.Failed;
            case StackEventKind.Connected:
                board.Log.Raw($"network_state_shakehand 844:!");
                return NetworkReply.Pending;
            default:
                return NetworkReply.Pending;
        }
    }

    private NetworkReply InOnline(StackEvent happened)
    {
        if (_needsClose || Wait == WaitTarget.OffLine) return NetworkReply.Failed;
        switch (happened.Kind)
        {
            case StackEventKind.Error or StackEventKind.RemoteClosed or StackEventKind.CloseDone:
            case StackEventKind.LinkChanged when !happened.IsUp:
                _needsClose = true;
                return NetworkReply.Failed;
            case StackEventKind.Acknowledged:
                _acknowledged += happened.Bytes;
                return Wait == WaitTarget.Sent && _acknowledged == _sent ? NetworkReply.Done : NetworkReply.Pending;
            case StackEventKind.Received:
                _newData = true;
                return Wait == WaitTarget.Sent ? NetworkReply.Pending : NetworkReply.Done;
            default:
                return NetworkReply.Pending;
        }
    }

    private NetworkReply InListening(StackEvent happened)
    {
        if (_needsClose || Wait == WaitTarget.OffLine) return NetworkReply.Failed;
        switch (happened.Kind)
        {
            case StackEventKind.Error or StackEventKind.RemoteClosed or StackEventKind.CloseDone:
            case StackEventKind.LinkChanged when !happened.IsUp:
                _needsClose = true;
                return NetworkReply.Failed;
            case StackEventKind.Connected:
                State = ControlState.Online;
                return NetworkReply.Done;
            default:
                return NetworkReply.Pending;
        }
    }

    private NetworkReply InDisconnecting(StackEvent happened)
    {
        if (Wait != WaitTarget.OffLine) return NetworkReply.Failed;
        switch (happened.Kind)
        {
            case StackEventKind.Error or StackEventKind.RemoteClosed or StackEventKind.CloseDone:
                Close();
                State = ControlState.OffLine;
                return NetworkReply.Done;
            case StackEventKind.LinkChanged when happened.IsUp:
                Close();
                State = ControlState.OffLine;
                return NetworkReply.Failed;
            case StackEventKind.LinkChanged:
                return NetworkReply.Failed;
            default:
                return NetworkReply.Pending;
        }
    }
}
