using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary>
/// <c>socket</c>: sockets of a script, and what tells of the adapter (reference-net §1, luat_lib_socket.c). Sending and
/// reading are in <see cref="SocketData"/>, time in <see cref="SntpLibrary"/>.
/// </summary>
internal static class SocketLibrary
{
    private const string TypeName = "NWCTRL*";

    /// <summary>sizeof(luat_socket_ctrl_t) on the chip.</summary>
    private const int ObjectSize = 16;

    private const string NetMask = "255.255.255.255";

    /// <summary>The C stack's buffer for an address, with the final zero.</summary>
    private const int AddressBuffer = 68;

    private static readonly NativeFunction Collect = new("socket.release", OnCollected);

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("socket")
        .Add("create", Create)
        .Add("debug", Debug)
        .Add("config", Config)
        .Add("linkup", static (in LuaCall call) => Find(call) is { } control
            ? Reply(call, control.WaitLinkUp())
            : call.Return())
        .Add("connect", Connect)
        .Add("listen", static (in LuaCall call) => Find(call) is { } control
            ? Reply(call, control.Listen())
            : call.Return())
        .Add("accept", Accept)
        .Add("discon", static (in LuaCall call) => Find(call) is { } control
            ? Reply(call, control.Disconnect())
            : call.Return())
        .Add("close", Close)
        .Add("tx", SocketData.Send)
        .Add("rx", SocketData.ReadInto)
        .Add("read", SocketData.Read)
        .Add("wait", static (in LuaCall call) => Find(call) is { } control
            ? Reply(call, control.WaitEvent())
            : call.Return())
        .Add("state", State)
        .Add("release", Release)
        .Add("setDNS", SetDns)
        .Add("sslLog", SslLog)
        .Add("localIP", LocalIp)
        .Add("remoteIP", RemoteIp)
        .Add("adapter", Adapter)
        .Add("sntp", SntpLibrary.Synchronise)
        .Add("ntptm", SntpLibrary.Time)
        .Add("sntp_port", SntpLibrary.Port);

    /// <summary>The first argument's control; null: it is none, or was released, and the call gives nothing.</summary>
    public static NetworkControl? Find(in LuaCall call) => ObjectOf(call)?.Control;

    /// <summary>
    /// The dotted form of a numeric address; null: the text is no address. A text that is longer than the firmware's
    /// buffer is noted.
    /// </summary>
    public static string? Address(in LuaCall call, int index)
    {
        if (call[index].IsInteger) return NetworkAddress.Dotted(unchecked((uint)call[index].AsInteger));
        var text = call.String(index);
        if (text.Length >= AddressBuffer)
        {
            call.Host<FirmwareHost>().Notice(
                $"An address of {text.Length} bytes: V1112 writes it into {AddressBuffer} bytes of its stack, and " +
                "what a module does then is not defined.");
        }

        return NetworkAddress.Parse(LuaText.Path(text));
    }

    private static SocketObject? ObjectOf(in LuaCall call)
    {
        var value = call[1];
        if (value.AsUserdata is { } userdata)
        {
            return userdata.Payload as SocketObject ?? throw Unsafe(call, "a userdata that is no socket");
        }

        if (value.AsLightUserdata is not { Target: not 0 } pointer) return null;
        return call.Host<FirmwareHost>().Sockets.GetValueOrDefault(pointer.Target)
            ?? throw Unsafe(call, "a pointer to a socket that was collected");
    }

    private static LuaException Unsafe(in LuaCall call, string what)
    {
        call.Host<FirmwareHost>().Notice(
            $"A socket function got {what}: V1112 reads and writes foreign memory, and what a module does then is " +
            "not defined. Keep the object that socket.create gives in a variable.");
        return call.Error($"a socket function got {what} (V1112 reads foreign memory here)");
    }

    private static int Reply(in LuaCall call, NetworkReply reply) =>
        call.Return(reply != NetworkReply.Failed, reply == NetworkReply.Done);

    private static int Create(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var adapter = call.IntOr(1, AdapterNumber.Cellular);
        if (adapter is < 0 or > AdapterNumber.Last) return call.Return(default(LuaValue));
        var socket = new SocketObject(host.Board);
        socket.Control = host.Network.Allocate(socket, adapter);
        // The object is there before the control; only a whole one gets its metatable.
        var metatable = socket.Control is null ? null : TypeMetatable.Of(call.State, TypeName, ("__gc", Collect));
        var userdata = call.State.NewUserdata(socket, metatable, ObjectSize);
        if (socket.Control is null)
        {
            host.Log.Write(LogLevel.Debug, "socket", "create fail");
            return call.Return(default(LuaValue));
        }

        socket.Pointer = call.State.PointerTo(userdata);
        host.Sockets[socket.Pointer.Target] = socket;
        if (call[2].AsFunction is { } callback) socket.Callback = call.State.Reference(callback);
        else if (call[2].AsString is not null || call[2].IsNumber) socket.TaskName = LuaText.CText(call.String(2));
        else
        {
            host.Notice(
                "socket.create without a function or a task's name: V1112 leaves two pointers as they are in memory, " +
                "and what a module does then is not defined. The virtual module publishes NWCTRL*.");
        }

        return call.Return(userdata);
    }

    private static int Debug(in LuaCall call)
    {
        if (Find(call) is { } control && call[2].IsBoolean) control.IsDebug = call.Truthy(2);
        return call.Return();
    }

    private static int Config(in LuaCall call)
    {
        if (Find(call) is not { } control) return call.Return();
        var localPort = (ushort)call.IntOr(2, 0);
        var udp = call[3].IsBoolean && call.Truthy(3);
        var tls = call[4].IsBoolean && call.Truthy(4);
        var idle = call.UIntOr(5, 0);
        var interval = (byte)call.UIntOr(6, 0);
        var count = (byte)call.UIntOr(7, 0);
        var authority = TextOrNull(call, 8);
        var certificate = TextOrNull(call, 9);
        var key = TextOrNull(call, 10);
        var password = TextOrNull(call, 11);
        control.IsTcp = !udp;
        // The switch is a byte of its own, cut from the seconds: 256 s are off.
        control.KeepAlive = (byte)idle != 0 ? new KeepAlive(idle, interval, count) : null;
        if (control is { IsTcp: true, KeepAlive.SendsNone: true })
        {
            call.Host<FirmwareHost>().Notice(
                $"socket.config with keep-alive after {idle} s, but without an interval and a number of probes: lwIP " +
                "ends a connection on which the peer sends nothing for that time, without a probe. Give all three.");
        }

        control.SetLocalPort(localPort);
        if (!tls)
        {
            control.Tls.TurnOff();
            return call.Return(true);
        }

        control.Tls.TurnOn(verifies: authority is not null || certificate is not null);
        if (udp)
        {
            call.Host<FirmwareHost>().Notice(
                "socket.config for UDP with TLS: V1112 drops what the peer answers, so that its handshake never ends.");
        }
        else
        {
            if (TlsSetup.Authorities(authority) is { } known) control.SetAuthorities(known);
            if (certificate is not null && key is null)
            {
                call.Host<FirmwareHost>().Notice(
                    "socket.config with a client certificate and no key: V1112 takes a length that nobody set, and " +
                    "what a module does then is not defined.");
            }

            if (TlsSetup.Identity(call, "socket.config", certificate, key, password) is { } own)
            {
                control.SetIdentity(own);
            }
        }

        return call.Return(true);
    }

    private static LuaString? TextOrNull(in LuaCall call, int index) =>
        call[index].AsString is not null || call[index].IsNumber ? call.String(index) : null;

    private static int Connect(in LuaCall call)
    {
        if (Find(call) is not { } control) return call.Return();
        var host = call[2].IsInteger ? null : LuaText.CText(call.String(2));
        var port = unchecked((ushort)call.Int(3));
        var shown = host?.ToString() ?? "(null)";
        call.Host<FirmwareHost>().Log.Write(LogLevel.Debug, "socket", $"connect to {shown},{port}");
        return Reply(call, host is null
            ? control.ConnectTo(NetworkAddress.Dotted(unchecked((uint)call[2].AsInteger)), port)
            : control.Connect(LuaText.Path(host), port));
    }

    private static int Accept(in LuaCall call)
    {
        if (ObjectOf(call) is not { } socket) return call.Return();
        if (socket.Control is null) throw NullPointer.Error(call, "socket.accept after socket.release");
        return call.Return(true, default(LuaValue)); // one client at a time, on the same control
    }

    private static int Close(in LuaCall call)
    {
        Find(call)?.Close();
        return call.Return();
    }

    private static int State(in LuaCall call) => Find(call) is { } control
        ? call.Return(LuaValue.Integer((int)control.State), ControlWords.Of(control.State))
        : call.Return();

    /// <summary>The script has lost the object: its connection ends without a word.</summary>
    private static int OnCollected(in LuaCall call)
    {
        Release(call);
        if (ObjectOf(call) is { } socket) call.Host<FirmwareHost>().Sockets.Remove(socket.Pointer.Target);
        return call.Return();
    }

    private static int Release(in LuaCall call)
    {
        if (ObjectOf(call) is not { } socket) return call.Return();
        var host = call.Host<FirmwareHost>();
        if (socket.Control is { } control)
        {
            host.Network.Free(control);
            socket.Control = null;
        }

        if (socket.Callback is { } callback) call.State.Release(callback);
        (socket.Callback, socket.TaskName) = (null, null);
        return call.Return();
    }

    private static int SetDns(in LuaCall call)
    {
        var adapter = call.IntOr(1, AdapterNumber.Cellular);
        if (adapter is < 0 or > AdapterNumber.Last) return call.Return(false);
        var slot = (byte)(call.IntOr(2, 1) - 1);
        var address = Address(call, 3);
        if (IsWired(call, adapter)) return call.Return(true);
        if (adapter != AdapterNumber.Cellular)
        {
            if (!IsChecked(call)) throw NullPointer.Error(call, $"socket.setDNS({adapter}, …)");
            call.Host<FirmwareHost>().Log.Write(LogLevel.Warn, "socket", $"adapter_index is invaild {adapter}");
            return call.Return(false);
        }

        call.Host<FirmwareHost>().Network.Dns.SetServer(slot, address);
        return call.Return(true);
    }

    private static bool IsWired(in LuaCall call, int adapter) =>
        adapter == AdapterNumber.Wired && call.Host<FirmwareHost>().Ethernet.IsBound;

    private static bool IsChecked(in LuaCall call) =>
        FirmwareChange.CheckedAdapter.IsIn(call.Host<FirmwareHost>().Parameters);

    /// <summary>The lines of mbedTLS that it turns on are not modelled.</summary>
    private static int SslLog(in LuaCall call)
    {
        call.IntOr(1, 1);
        return call.Return();
    }

    private static int LocalIp(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var adapter = call.IntOr(1, AdapterNumber.Cellular);
        if (adapter is < 0 or > AdapterNumber.Last) return call.Return();
        if (IsWired(call, adapter))
        {
            return host.Ethernet.Static is { } known
                ? call.Return([known.Address, known.Mask, known.Gateway, default])
                : call.Return();
        }

        if (adapter != AdapterNumber.Cellular)
        {
            return IsChecked(call) ? call.Return() : throw NullPointer.Error(call, $"socket.localIP({adapter})");
        }

        return host.Network.IsLinkUp
            ? call.Return([host.Cellular.Address, NetMask, "0.0.0.0", default])
            : call.Return();
    }

    private static int RemoteIp(in LuaCall call)
    {
        var values = new LuaValue[4];
        if (ObjectOf(call) is not { } socket) return call.Return(values);
        if (socket.Control is not { } control) throw NullPointer.Error(call, "socket.remoteIP after socket.release");
        for (var i = 0; i < control.Found.Count; i++) values[i] = control.Found[i];
        return call.Return(values);
    }

    private static int Adapter(in LuaCall call)
    {
        var asked = call.IntOr(1, -1);
        var up = call.Host<FirmwareHost>().Network.IsLinkUp;
        if (asked is > 0 and <= AdapterNumber.Last)
        {
            return call.Return(up && asked == AdapterNumber.Cellular, LuaValue.Integer(asked));
        }

        return call.Return(up, LuaValue.Integer(up ? AdapterNumber.Cellular : AdapterNumber.Last));
    }
}
