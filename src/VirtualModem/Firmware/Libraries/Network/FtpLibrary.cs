using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Ftp;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Registration;
using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Firmware.Libraries.Network;

/// <summary><c>ftp</c>: one session for the whole module (reference-net §5.1).</summary>
internal static class FtpLibrary
{
    private const int ConnectError = -4;
    private const int FileError = -8;
    private const int DefaultPort = 21;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("ftp")
        .Add("login", Login)
        .Add("command", Command)
        .Add("pull", Pull)
        .Add("push", Push)
        .Add("close", Close)
        .Add("debug", Debug);

    /// <summary>TLS is set up and wiped again before the connection, so that its arguments have no effect.</summary>
    private static int Login(in LuaCall call)
    {
        var client = ClientOf(call.Host<FirmwareHost>());
        var adapter = (byte)call.IntOr(1, AdapterNumber.Cellular);
        var host = LuaText.Path(call.String(2));
        var port = (ushort)call.IntOr(3, DefaultPort);
        var name = TextOrEmpty(call, 4);
        var password = TextOrEmpty(call, 5);
        if (OptionTable.At(call, 6) is { } tls && tls["client_cert"].AsString is not null
            && (tls["client_key"].AsString is null || tls["client_password"].AsString is null)
            && call[8].AsString is null)
        {
            throw NullPointer.Error(call, "ftp.login with a client certificate that has no key or no password");
        }

        var result = client.Login(adapter, host, port, name, password);
        if (result == 0) return call.Continue(Begin);
        Log(call, "ftp login fail");
        client.Abandon();
        return call.Continue(frame => Refuse(frame, result));
    }

    private static int Command(in LuaCall call)
    {
        var text = TextOrEmpty(call, 1);
        if (ClientOf(call.Host<FirmwareHost>()).Command(text)) return call.Continue(Begin);
        Log(call, "ftp command fail");
        return call.Continue(static frame => Refuse(frame, FileError));
    }

    private static int Pull(in LuaCall call)
    {
        var (local, remote) = (TextOrEmpty(call, 1), TextOrEmpty(call, 2));
        if (ClientOf(call.Host<FirmwareHost>()).Pull(local, remote)) return call.Continue(Begin);
        Log(call, "ftp pull fail");
        return call.Continue(static frame => Refuse(frame, FileError));
    }

    private static int Push(in LuaCall call)
    {
        var (local, remote) = (TextOrEmpty(call, 1), TextOrEmpty(call, 2));
        if (ClientOf(call.Host<FirmwareHost>()).Push(local, remote)) return call.Continue(Begin);
        Log(call, "ftp push fail");
        return call.Continue(static frame => Refuse(frame, ConnectError));
    }

    private static int Close(in LuaCall call) => ClientOf(call.Host<FirmwareHost>()).Close()
        ? call.Continue(Begin)
        : call.Continue(static frame => Refuse(frame, ConnectError));

    private static int Debug(in LuaCall call)
    {
        if (call[1].IsBoolean) ClientOf(call.Host<FirmwareHost>()).IsDebugging = call.Truthy(1);
        return call.Return();
    }

    private static void Log(in LuaCall call, string text) =>
        call.Host<FirmwareHost>().Log.Write(LogLevel.Error, FtpClient.Tag, text);

    private static string TextOrEmpty(in LuaCall call, int index) =>
        call[index].IsNil ? "" : LuaText.Path(call.String(index));

    private static FtpClient ClientOf(FirmwareHost host)
    {
        if (host.Ftp is { } known) return known;
        var client = new FtpClient(host.Board, host.Network, host.Files);
        client.User = new Waiter(host.Board, client);
        return host.Ftp = client;
    }

    /// <summary>The object of this call takes the next result, also that of a call before it.</summary>
    private static IEnumerator<NativeStep> Begin(NativeFrame frame)
    {
        var host = (FirmwareHost)frame.State.Host!;
        if (WaitObject.Make(frame.State, host, out var id) is { } make)
        {
            yield return make;
            frame.Return(frame.Result(0));
        }

        ((Waiter)host.Ftp!.User!).Id = id;
    }

    private static IEnumerator<NativeStep> Refuse(NativeFrame frame, int code)
    {
        if (WaitObject.MakeDone(frame.State, (FirmwareHost)frame.State.Host!, code) is not { } make) yield break;
        yield return make;
        frame.Return(frame.Result(0));
    }

    private sealed class Waiter(Board board, FtpClient client) : IFtpUser
    {
        /// <summary>Of the last object; 0 after its result.</summary>
        public long Id { get; set; }

        public void Raise(FtpOutcome outcome) => board.Post(new OutcomeMessage(this, outcome));

        public IEnumerator<NativeStep> Tell(NativeFrame frame, FtpOutcome outcome)
        {
            var bytes = client.TakeResult();
            if (Id == 0) yield break;
            LuaValue result = outcome == FtpOutcome.Text ? frame.State.NewString(bytes) : outcome == FtpOutcome.Done;
            var publish = WaitObject.Publish(frame.State, Id, result);
            Id = 0;
            if (publish is { } step) yield return step;
        }
    }

    private sealed class OutcomeMessage(Waiter waiter, FtpOutcome outcome) : IMailboxMessage
    {
        public IEnumerator<NativeStep> Deliver(NativeFrame frame) => waiter.Tell(frame, outcome);

        public override string ToString() => $"ftp {outcome}";
    }
}
