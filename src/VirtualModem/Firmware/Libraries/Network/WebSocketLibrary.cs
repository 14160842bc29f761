using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.WebSocket;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>websocket</c> and its objects (reference §3).</summary>
internal static class WebSocketLibrary
{
    private const string TypeName = "WS*";

    /// <summary>
    /// sizeof(luat_websocket_ctrl_t) on the chip, which lies on the Lua heap: 4100 + 192 + 256 bytes of buffers, an
    /// address of 24, and 48 of numbers and pointers.
    /// </summary>
    private const int ObjectSize = 4_624;

    private const int DefaultKeepaliveSeconds = 60;
    private const int DefaultReconnectMs = 3000;
    private static readonly NativeFunction Index = new("websocket.__index", LookUp);

    /// <summary>Objects find the library's functions; those that are not modelled fail by name there too.</summary>
    private static readonly Lazy<LuaLibrary> Complete =
        new(() => FunctionCatalogue.Complete("websocket", Definition).AsUserdata);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("websocket")
        .Add("create", Create)
        .Add("on", On)
        .Add("connect", Connect)
        .Add("autoreconn", AutoReconnect)
        .Add("send", Send)
        .Add("close", Close)
        .Add("ready", static (in LuaCall call) => call.Return(Object(call).Client.IsReady))
        .Add("headers", Headers)
        .Add("debug", Debug);

    private static int Create(in LuaCall call)
    {
        var adapter = call.IntOr(1, AdapterNumber.Cellular);
        if (adapter is < 0 or > AdapterNumber.Last) return call.Return();
        var url = LuaText.Path(LuaText.CText(call.String(2)));
        var keepalive = call[3].IsInteger ? (int)(call[3].AsInteger & 0xFFFF) : 0;
        if (keepalive == 0) keepalive = DefaultKeepaliveSeconds;
        var host = call.Host<FirmwareHost>();
        var handle = new Handle(host.Board);
        if (WebSocketClient.Create(host.Board, host.Network, adapter, handle, url, keepalive) is not { } client)
        {
            return call.Return();
        }

        if (client.Url.Tls) TlsSetup.Charge(call);
        handle.Client = client;
        handle.Self = call.State.NewUserdata(
            handle, TypeMetatable.Of(call.State, TypeName, ("__index", Index)), ObjectSize);
        // The object keeps itself until close() (reference §3.2).
        handle.SelfReference = call.State.Reference(handle.Self);
        return call.Return(handle.Self);
    }

    private static int LookUp(in LuaCall call) => call.Return(Complete.Value[call.String(2)]);

    /// <summary>The object, whether it was closed or not: most functions only touch what is left of it.</summary>
    private static Handle Object(in LuaCall call)
    {
        if (call[1].AsUserdata?.Payload is Handle handle) return handle;
        throw NullPointer.Error(call, "A websocket function was called without a websocket object");
    }

    private static int On(in LuaCall call)
    {
        Object(call).Callback.Replace(call.State, call[2].AsFunction);
        return call.Return();
    }

    private static int Connect(in LuaCall call)
    {
        Object(call).Client.Connect();
        return call.Return(true);
    }

    private static int AutoReconnect(in LuaCall call)
    {
        Object(call).Client.SetAutoReconnect(call.Truthy(2), call.IntOr(3, DefaultReconnectMs));
        return call.Return();
    }

    private static int Send(in LuaCall call)
    {
        var client = Object(call).Client;
        var binary = call[3].IsInteger && call[3].AsInteger == 1; // The documented order is not what V1112 does (§3.9).
        if (Zbuff.From(call[2]) is { } buffer) return call.Return(client.Send(buffer.Data, binary));
        if (call[2].AsString is null && !call[2].IsNumber)
        {
            call.Host<FirmwareHost>().Log.Write(LogLevel.Debug, "websocket", "only support string or zbuff");
            return call.Return();
        }

        return call.Return(client.Send(call.String(2).Span, binary));
    }

    private static int Close(in LuaCall call)
    {
        var handle = Object(call);
        if (handle.Client.IsClosed) throw NullPointer.Error(call, "A websocket object was closed twice");
        handle.Client.Close();
        handle.Callback.Replace(call.State, null);
        call.State.Release(handle.SelfReference);
        return call.Return();
    }

    private static int Debug(in LuaCall call)
    {
        var handle = Object(call);
        if (!call[2].IsBoolean) return call.Return();
        if (handle.Client.IsClosed) throw NullPointer.Error(call, "wsc:debug after wsc:close()");
        handle.Client.IsDebug = call.Truthy(2);
        return call.Return();
    }

    private static int Headers(in LuaCall call)
    {
        var client = Object(call).Client;
        var log = call.Host<FirmwareHost>().Log;
        if (call[2].AsTable is { } table) return HeadersOf(call, table, client, log);
        if (call[2].AsString is null && !call[2].IsNumber) return call.Return();
        var text = call.String(2);
        if (text.Length >= WebSocketHeaders.TotalLimit)
        {
            log.Write(LogLevel.Warn, "websocket", $"headers too large size {text.Length}");
            return call.Return();
        }

        client.SetHeaders(LuaText.CText(text).Memory);
        return call.Return(true);
    }

    private static int HeadersOf(in LuaCall call, LuaTable table, WebSocketClient client, FirmwareLog log)
    {
        var all = new List<byte>();
        LuaValue key = default;
        while (table.Next(key, out key, out var value))
        {
            var name = TextOf(call.State, key);
            var content = TextOf(call.State, value);
            if (name is null || name.Length == 0 || content is null || content.Length == 0
                || name.Length + content.Length > WebSocketHeaders.PairLimit)
            {
                log.Write(LogLevel.Warn, "websocket", $"bad header {Shown(name)} {Shown(content)}");
                return call.Return();
            }

            if (WebSocketHeaders.TotalLimit - all.Count - name.Length - 1 < content.Length * 2)
            {
                log.Write(LogLevel.Warn, "websocket", $"bad header {name} {content}, too large");
                return call.Return();
            }

            all.AddRange(WebSocketHeaders.Line(name.Span, content.Span));
            // The name became a string in its place, which is no key of the table.
            if (key.IsNumber) throw new LuaException("invalid key to 'next'");
        }

        client.SetHeaders(all.ToArray());
        return call.Return(true);
    }

    private static LuaString? TextOf(LuaState state, in LuaValue value) =>
        value.AsString ?? (value.IsNumber ? state.NumberToString(value) : null);

    private static string Shown(LuaString? text) => text is null ? "(null)" : LuaText.CText(text).ToString();

    /// <summary>One object: the client, its Lua value and the one callback.</summary>
    private sealed class Handle(Board board) : IWebSocketUser
    {
        public WebSocketClient Client { get; set; } = null!;
        public LuaUserdata Self { get; set; } = null!;
        public int SelfReference { get; set; }
        public ScriptCallback Callback { get; } = new();

        public void Raise(WebSocketEventKind kind, ReadOnlyMemory<byte> data, int fin, int opcode) =>
            board.Post(new EventMessage(this, kind, data, fin, opcode));
    }

    /// <summary>An event on its way through the mailbox (reference §3.7).</summary>
    private sealed class EventMessage(
        Handle handle, WebSocketEventKind kind, ReadOnlyMemory<byte> data, int fin, int opcode) : IMailboxMessage
    {
        public override string ToString() => $"websocket {kind}";

        public IEnumerator<NativeStep> Deliver(NativeFrame frame)
        {
            switch (kind)
            {
                case WebSocketEventKind.PingDue:
                    if (!handle.Client.IsClosed) handle.Client.SendPing();
                    return NoSteps.Instance;
                case WebSocketEventKind.ReconnectDue:
                    if (!handle.Client.IsClosed) handle.Client.Connect();
                    return NoSteps.Instance;
                default:
                    return handle.Callback.Function.IsNil ? NoSteps.Instance : Call(frame);
            }
        }

        private IEnumerator<NativeStep> Call(NativeFrame frame)
        {
            LuaValue self = handle.Self;
            switch (kind)
            {
                case WebSocketEventKind.Conack:
                    yield return NativeStep.Call(handle.Callback.Function, self, "conack");
                    if (SystemTopicMessage.Publish(frame.State, "WEBSOCKET_CONNACK", self) is { } publish)
                    {
                        yield return publish;
                    }

                    break;
                case WebSocketEventKind.Recv:
                    yield return NativeStep.Call(
                        handle.Callback.Function, self, "recv", frame.State.NewString(data.ToArray()), fin, opcode);
                    break;
                case WebSocketEventKind.Sent:
                    yield return NativeStep.Call(handle.Callback.Function, self, "sent");
                    break;
                case WebSocketEventKind.Disconnect:
                    yield return NativeStep.Call(handle.Callback.Function, self, "disconnect");
                    break;
                default:
                    throw new InvalidOperationException($"No callback for {kind}.");
            }
        }
    }
}
