using System.Globalization;
using System.Text;

using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.WebSocket;

/// <summary>What the client puts into the Lua task's mailbox.</summary>
internal enum WebSocketEventKind
{
    Conack,
    Recv,
    Sent,
    Disconnect,

    /// <summary>The keepalive timer; the Lua task then sends the ping.</summary>
    PingDue,

    /// <summary>The reconnect timer; the Lua task then connects.</summary>
    ReconnectDue,
}

/// <summary>Who takes the client's events to the mailbox.</summary>
internal interface IWebSocketUser
{
    void Raise(WebSocketEventKind kind, ReadOnlyMemory<byte> data, int fin, int opcode);
}

/// <summary>V1112's WebSocket client, byte for byte and log line by log line (reference §3).</summary>
internal sealed class WebSocketClient : IControlUser, IWebSocketParserUser
{
    private const string Tag = "websocket";

    private readonly Board _board;
    private readonly NetworkStack _stack;
    private readonly IWebSocketUser _user;
    private NetworkControl _control = null!;
    private readonly WebSocketParser _parser;
    private readonly ServiceTimer _ping;
    private readonly ServiceTimer _reconnect;
    private readonly TimeSpan _keepalive;
    private ReadOnlyMemory<byte> _headers;
    private TimeSpan? _reconnectDelay;
    private int _sentWaiting;

    private WebSocketClient(Board board, NetworkStack stack, IWebSocketUser user, WebSocketUrl url,
        int keepaliveSeconds)
    {
        _board = board;
        _stack = stack;
        _user = user;
        Url = url;
        _keepalive = TimeSpan.FromSeconds(keepaliveSeconds);
        _parser = new WebSocketParser(board.Log, this);
        _ping = board.NewTimer(() => _user.Raise(WebSocketEventKind.PingDue, default, 0, 0));
        _reconnect = board.NewTimer(OnReconnectDue);
    }

    public WebSocketUrl Url { get; }
    public string Scheme => "ws";

    /// <summary>wsc:debug(): whether the network layer prints its debug lines.</summary>
    public bool IsDebug
    {
        set => _control.IsDebug = value;
    }

    /// <summary>wsc:ready().</summary>
    public bool IsReady { get; private set; }

    /// <summary>After wsc:close().</summary>
    public bool IsClosed { get; private set; }

    /// <summary>websocket.create; null where there is no such adapter or no socket is free.</summary>
    public static WebSocketClient? Create(
        Board board, NetworkStack stack, int adapter, IWebSocketUser user, string url, int keepaliveSeconds)
    {
        var parsed = WebSocketUrl.Parse(url);
        if (parsed.OverflowsBuffers)
        {
            board.Notice(
                $"websocket.create: host over {WebSocketUrl.HostBuffer - 1} or path over " +
                $"{WebSocketUrl.PathBuffer - 1} bytes, or a port of more than 5 digits; " +
                "V1112 overwrites its memory here.");
        }

        var client = new WebSocketClient(board, stack, user, parsed, keepaliveSeconds);
        if (stack.Allocate(client, adapter) is { } control)
        {
            client._control = control;
            control.IsTcp = true;
            if (parsed.Tls) control.Tls.TurnOn(verifies: false);
            return client;
        }

        board.Log.Write(LogLevel.Warn, Tag, "network_alloc_ctrl fail");
        board.Log.Write(LogLevel.Error, Tag, "websocket init FAID ret -1");
        return null;
    }

    public void SetHeaders(ReadOnlyMemory<byte> headers) => _headers = headers;

    /// <param name="enabled">Whether it reconnects.</param>
    /// <param name="delayMs">As the script gives it; the firmware's is a uint32 of at least 1000.</param>
    public void SetAutoReconnect(bool enabled, long delayMs) =>
        _reconnectDelay = enabled ? TimeSpan.FromMilliseconds(Math.Max(1000, (uint)delayMs)) : null;

    /// <summary>
    /// wsc:connect(), by the script or by the reconnect timer. What there is already ends first. It cannot fail: a
    /// refusal of the network layer is lost in a comparison (L:components/network/websocket/luat_websocket.c).
    /// </summary>
    public void Connect()
    {
        _board.Log.Write(
            LogLevel.Info, Tag,
            $"connect host {Url.Host} port {Url.Port}");
        if (IsClosed)
        {
            _board.Notice("wsc:connect() after wsc:close(): V1112 returns true and never connects.");
            return;
        }

        _control.Disconnect();
        _control.Connect(Url.Host, Url.Port);
    }

    /// <summary>wsc:send of data; the result is what V1112 returns: false on success.</summary>
    public bool Send(ReadOnlySpan<byte> data, bool binary)
    {
        if (!IsReady)
        {
            _board.Log.Write(LogLevel.Info, Tag, "not ready yet");
            return false;
        }

        var length = data.Length & 0xFFFF; // The firmware's length is a uint16 (reference §3.9).
        if (!_stack.Heap.TryAllocate(length + FrameRoom))
        {
            _board.Log.Write(LogLevel.Error, Tag, "out of memory when send_frame");
            return false;
        }

        _stack.Heap.Free(length + FrameRoom);
        if (length >= WebSocketFrame.PayloadLimit)
        {
            _board.Log.Write(LogLevel.Error, Tag,
                $"pkg too large {length}");
            return false;
        }

        _sentWaiting++;
        if (SendPacket(WebSocketFrame.Write(binary ? WebSocketFrame.Binary : WebSocketFrame.Text, data[..length])))
        {
            return false;
        }

        _sentWaiting--;
        return true;
    }

    /// <summary>The Lua task handles <see cref="WebSocketEventKind.PingDue"/>.</summary>
    public void SendPing()
    {
        if (IsReady) SendPacket(WebSocketFrame.Write(WebSocketFrame.Ping, []));
    }

    private const int FrameRoom = 8;

    private bool SendPacket(ReadOnlyMemory<byte> bytes)
    {
        if (_control.Send(bytes) != NetworkReply.Failed) return true;
        _board.Log.Write(LogLevel.Info, Tag, "network_tx -1 , close socket");
        CloseSocket();
        return false;
    }

    /// <summary>wsc:close(): the close path, then nothing is left.</summary>
    public void Close()
    {
        CloseSocket();
        _reconnect.Stop();
        _stack.Free(_control);
        IsClosed = true;
    }

    void IControlUser.Handle(ControlEvent what, bool failed)
    {
        switch (what)
        {
            case ControlEvent.Online when !failed:
                SendUpgrade();
                break;
            case ControlEvent.Event when !failed:
                if (!_parser.Take(_control))
                {
                    CloseSocket();
                    return;
                }

                RestartPing();
                break;
            case ControlEvent.Sent:
                RestartPing();
                if (_sentWaiting > 0)
                {
                    _sentWaiting--;
                    _user.Raise(WebSocketEventKind.Sent, default, 0, 0);
                }

                break;
            default:
                break;
        }

        if (failed)
        {
            _board.Log.Write(LogLevel.Warn, Tag, "websocket_callback param1 -1, closing socket");
            CloseSocket();
        }
        else if (_control.WaitEvent() == NetworkReply.Failed)
        {
            _board.Log.Write(LogLevel.Warn, Tag, "network_wait_event ret -1, closing socket");
            CloseSocket();
        }
    }

    private void SendUpgrade()
    {
        SendPacket(Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"GET {Url.Path} HTTP/1.1\r\nHost: {Url.Host}:{Url.Port}\r\n")));
        if (!_headers.IsEmpty) SendPacket(_headers);
        SendPacket(
            ("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: w4v7O6xFTi36lq3RNcgctw==\r\n"u8 +
            "Sec-WebSocket-Version: 13\r\n\r\n"u8)
                .ToArray());
    }

    void IWebSocketParserUser.Upgraded()
    {
        _board.Log.Write(LogLevel.Info, Tag, "ready!!");
        IsReady = true;
        RestartPing();
        _user.Raise(WebSocketEventKind.Conack, default, 0, 0);
    }

    void IWebSocketParserUser.DataFrame(byte firstByte, byte opcode, ReadOnlySpan<byte> payload) =>
        _user.Raise(WebSocketEventKind.Recv, payload.ToArray(), firstByte != 0 ? 1 : 0, opcode);

    void IWebSocketParserUser.PingFrame() => SendPacket(WebSocketFrame.Write(WebSocketFrame.Pong, []));

    private void RestartPing()
    {
        if (IsReady) _ping.Start(_keepalive, repeats: true);
    }

    private void OnReconnectDue() => _user.Raise(WebSocketEventKind.ReconnectDue, default, 0, 0);

    private void CloseSocket()
    {
        _board.Log.Write(LogLevel.Info, Tag, "websocket closing socket");
        _control.Close();
        _ping.Stop();
        IsReady = false;
        _parser.BackToReply();
        _user.Raise(WebSocketEventKind.Disconnect, default, 0, 0);
        if (_reconnectDelay is not { } delay) return;
        _board.Log.Write(LogLevel.Info, Tag, $"reconnect after {(int)(uint)delay.TotalMilliseconds}ms");
        _parser.Empty();
        _reconnect.Start(delay);
    }
}
