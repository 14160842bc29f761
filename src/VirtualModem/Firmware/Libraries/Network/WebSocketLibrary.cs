using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;
using AirHil.VirtualModem.WebSocket;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>websocket</c> and its objects (reference §3).</summary>
internal static class WebSocketLibrary
{
    private const string TypeName = "WEBSOCKET*";

    /// <summary>
    /// The firmware's control block lives on the Lua heap: buffers of 4096 + 192 + 256 + 1024 bytes and the rest.
    /// </summary>
    private const int ObjectSize = 5_800;

    private const int DefaultKeepaliveSeconds = 60;
    private const long DefaultReconnectMs = 3000;
    private const int LastAdapter = 6;

    private static readonly NativeFunction Index = new("websocket.__index", LookUp);

    /// <summary>Objects find the library's functions; those that are not modelled fail by name there too.</summary>
    private static readonly Lazy<LuaLibrary> Complete =
        new(() => FunctionCatalogue.Complete("websocket", Definition).AsUserdata);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("websocket")
        .Add("create", Create)
        .Add("on", On)
        .Add("connect", static (in LuaCall call) => Connect(call))
        .Add("autoreconn", AutoReconnect)
        .Add("send", Send)
        .Add("close", Close)
        .Add("ready", static (in LuaCall call) => call.Return(Object(call).Client.IsReady))
        .Add("headers", Headers)
        .Add("debug", static (in LuaCall call) => call.Return());

    private static int Create(in LuaCall call)
    {
        var adapter = call.IntegerOr(1, IpLink.CellularAdapter);
        if (adapter is < 0 or > LastAdapter) return call.Return();
        var url = LuaText.Path(call.String(2));
        var keepalive = (int)(call.IntegerOr(3, DefaultKeepaliveSeconds) & 0xFFFF);
        if (keepalive == 0) keepalive = DefaultKeepaliveSeconds;
        if (adapter != IpLink.CellularAdapter)
        {
            throw NotModelled.Error(call, $"websocket.create({adapter})");
        }

        var host = call.Host<FirmwareHost>();
        var handle = new Handle(host.Board);
        if (WebSocketClient.Create(host.Board, host.Network, handle, url, keepalive) is not { } client)
        {
            return call.Return(default(LuaValue));
        }

        if (client.Url.Tls) call.State.Charge(InstructionsIn(host.Parameters.TlsClientSetupTime, host.Parameters));
        handle.Client = client;
        handle.Self = call.State.NewUserdata(handle, MetatableOf(call.State, host), ObjectSize);
        // The object keeps itself until close() (reference §3.2).
        handle.SelfReference = call.State.Reference(handle.Self);
        return call.Return(handle.Self);
    }

    private static long InstructionsIn(TimeSpan time, ModemParameters parameters) =>
        (long)(time.TotalSeconds * parameters.InstructionsPerSecond);

    private static LuaTable MetatableOf(LuaState state, FirmwareHost host)
    {
        if (host.Metatables.TryGetValue(TypeName, out var known)) return known;
        var metatable = state.NewTable(0, 2);
        metatable["__name"] = TypeName;
        metatable["__index"] = Index;
        state.Registry[TypeName] = metatable;
        return host.Metatables[TypeName] = metatable;
    }

    private static int LookUp(in LuaCall call) => call.Return(Complete.Value[call[2]]);

    private static Handle Object(in LuaCall call)
    {
        var handle = call.Payload<Handle>(1, TypeName);
        if (!handle.Client.IsClosed) return handle;
        call.Host<FirmwareHost>()
            .Notice("A websocket object was used after close(): V1112 would follow a null pointer.");
        throw call.Error("websocket object used after close() (V1112 crashes here)");
    }

    private static int On(in LuaCall call)
    {
        var handle = Object(call);
        handle.ReplaceCallback(call.State, call[2].AsFunction);
        return call.Return();
    }

    private static int Connect(in LuaCall call) => call.Return(Object(call).Client.Connect());

    private static int AutoReconnect(in LuaCall call)
    {
        var handle = Object(call);
        if (call[2].IsBoolean) handle.Client.SetAutoReconnect(call.Truthy(2), call.IntegerOr(3, DefaultReconnectMs));
        return call.Return();
    }

    private static int Send(in LuaCall call)
    {
        var handle = Object(call);
        var binary = call[3].IsInteger && call[3].AsInteger == 1; // The documented order is not what V1112 does (§3.9).
        if (Zbuff.From(call[2]) is { } buffer) return call.Return(handle.Client.Send(buffer.Data, binary));
        if (call[2].AsString is null && !call[2].IsNumber) return call.Return();
        return call.Return(handle.Client.Send(call.String(2).Span, binary));
    }

    private static int Close(in LuaCall call)
    {
        var handle = Object(call);
        handle.Client.Close();
        handle.ReplaceCallback(call.State, null);
        call.State.Release(handle.SelfReference);
        return call.Return();
    }

    private static int Headers(in LuaCall call)
    {
        var handle = Object(call);
        var log = call.Host<FirmwareHost>().Log;
        if (call[2].AsString is { } text)
        {
            if (text.Length >= WebSocketHeaders.TotalLimit)
            {
                log.Write(LogLevel.Warn, "websocket", $"headers too large size {text.Length}");
                return call.Return();
            }

            handle.Client.SetHeaders(text.Memory);
            return call.Return(true);
        }

        if (call[2].AsTable is not { } table) return call.Return();
        var all = new List<byte>();
        LuaValue key = default;
        while (table.Next(key, out key, out var value))
        {
            var name = TextOf(call.State, key);
            var content = TextOf(call.State, value);
            if (name.Length == 0 || content.Length == 0 || name.Length + content.Length > WebSocketHeaders.PairLimit)
            {
                log.Write(LogLevel.Warn, "websocket", $"bad header {name} {content}");
                return call.Return();
            }

            all.AddRange(WebSocketHeaders.Line(name.Span, content.Span));
            if (all.Count < WebSocketHeaders.TotalLimit) continue;
            log.Write(LogLevel.Warn, "websocket", "headers too large");
            return call.Return();
        }

        handle.Client.SetHeaders(all.ToArray());
        return call.Return(true);
    }

    private static LuaString TextOf(LuaState state, in LuaValue value) =>
        value.AsString ?? (value.IsNumber ? state.NumberToString(value) : LuaString.Empty);

    /// <summary>One object: the client, its Lua value and the one callback.</summary>
    private sealed class Handle(Board board) : IWebSocketUser
    {
        private int? _callbackReference;

        public WebSocketClient Client { get; set; } = null!;
        public LuaUserdata Self { get; set; } = null!;
        public int SelfReference { get; set; }
        public LuaValue Callback { get; private set; }

        public void ReplaceCallback(LuaState state, LuaFunction? callback)
        {
            if (_callbackReference is { } old) state.Release(old);
            _callbackReference = callback is null ? null : state.Reference(callback);
            Callback = callback;
        }

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
                    return handle.Callback.IsNil ? NoSteps.Instance : Call(frame);
            }
        }

        private IEnumerator<NativeStep> Call(NativeFrame frame)
        {
            LuaValue self = handle.Self;
            switch (kind)
            {
                case WebSocketEventKind.Conack:
                    yield return NativeStep.Call(handle.Callback, self, "conack");
                    if (SystemTopicMessage.Publish(frame.State, "WEBSOCKET_CONNACK", self) is { } publish)
                    {
                        yield return publish;
                    }

                    break;
                case WebSocketEventKind.Recv:
                    yield return NativeStep.Call(
                        handle.Callback, self, "recv", frame.State.NewString(data.ToArray()), fin, opcode);
                    break;
                case WebSocketEventKind.Sent:
                    yield return NativeStep.Call(handle.Callback, self, "sent");
                    break;
                case WebSocketEventKind.Disconnect:
                    yield return NativeStep.Call(handle.Callback, self, "disconnect");
                    break;
                default:
                    throw new InvalidOperationException($"No callback for {kind}.");
            }
        }
    }
}
