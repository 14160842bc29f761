using System.Globalization;
using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>
/// <c>spi</c> (hardware reference §6; L:luat/modules/luat_lib_spi.c, S:interface/src/luat_spi_ec618.c). An id is a
/// number, or the object of createSoft; objects of deviceSetup have methods (<see cref="SpiDevices"/>).
/// </summary>
internal static class SpiLibrary
{
    private const string SoftType = "ESPI*";
    private const int SoftBytes = 16;
    private const int NoPin = 255;
    private const uint DefaultHertz = 2_000_000;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("spi")
        .Add("setup", Setup)
        .Add("createSoft", CreateSoft)
        .Add("close", static (in LuaCall call) => call.Return(0)) // The driver closes nothing.
        .Add("transfer", Transfer)
        .Add("recv", Receive)
        .Add("send", Send)
        .Add("deviceSetup", SpiDevices.Setup)
        .Add("deviceTransfer", SpiDevices.Transfer)
        .Add("deviceSend", SpiDevices.Send)
        .Add("xfer", Start);

    /// <summary>A controller; null: there is none of this number.</summary>
    public static SpiController? Controller(FirmwareHost host, int id)
    {
        if (id < 0)
        {
            host.Notice(string.Create(
                CultureInfo.InvariantCulture,
                $"spi: V1112 takes the id {id} and reads before its tables; what a module does then is not known."));
        }

        return id is 0 or 1 ? host.Buses.Spi[id] : null;
    }

    /// <summary>
    /// A transfer of the driver with both directions at once, or with what comes behind what goes. As many bytes are
    /// clocked as are to come; where fewer are to go, memory behind them goes too, which here is zeros.
    /// </summary>
    public static IEnumerable<NativeStep> Exchange(
        SpiMaster master, bool isFullDuplex, ReadOnlyMemory<byte> sent, byte[] received)
    {
        var clocked = new byte[isFullDuplex ? received.Length : sent.Length + received.Length];
        sent[..Math.Min(sent.Length, clocked.Length)].CopyTo(clocked);
        var incoming = new byte[clocked.Length];
        foreach (var step in master.Run(clocked, incoming)) yield return step;
        incoming.AsSpan(clocked.Length - received.Length).CopyTo(received);
    }

    /// <summary>The bytes of a zbuff from its cursor to its end, not the used part.</summary>
    public static ReadOnlyMemory<byte> Behind(Zbuff buffer) =>
        buffer.Memory[Math.Min(buffer.Used, buffer.Length)..].ToArray();

    private static int Setup(in LuaCall call)
    {
        var id = call.Int(1);
        var select = call.IntOr(2, NoPin);
        for (var i = 3; i <= 5; i++) _ = call.IntOr(i, 0);
        var hertz = call.UIntOr(6, DefaultHertz);
        for (var i = 7; i <= 8; i++) _ = call.IntOr(i, 1);
        var mode = call.IntOr(9, 1);
        var controller = Controller(call.Host<FirmwareHost>(), id);
        controller?.Setup(select, hertz, mode != 0);
        return call.Return(controller is null ? -1 : 0);
    }

    /// <summary>Defaults are for a nil: all ten arguments must be there (<see cref="EarlyUserdata"/>).</summary>
    private static int CreateSoft(in LuaCall call)
    {
        var pins = call.Host<FirmwareHost>().Pins;
        var select = unchecked((byte)EarlyUserdata.IntOr(call, 1, NoPin));
        var output = unchecked((byte)EarlyUserdata.Int(call, 2));
        var input = unchecked((byte)EarlyUserdata.Int(call, 3));
        var clock = unchecked((byte)EarlyUserdata.Int(call, 4));
        _ = EarlyUserdata.IntOr(call, 5, 0);
        var clockRests = unchecked((byte)EarlyUserdata.IntOr(call, 6, 0)) == 1;
        for (var i = 7; i <= 9; i++) _ = EarlyUserdata.IntOr(call, i, 1);
        var mode = unchecked((byte)EarlyUserdata.IntOr(call, 10, 0));
        foreach (var pin in new[] { select, output })
        {
            if (pin < AirHil.Modem.Pins.ModulePin.Count) pins.SetOutput(pin, true);
        }

        if (input < AirHil.Modem.Pins.ModulePin.Count) pins.SetInput(input, AirHil.Modem.Pins.PinDrive.Input);
        if (clock < AirHil.Modem.Pins.ModulePin.Count) pins.SetOutput(clock, clockRests);
        var soft = call.Host<FirmwareHost>().Buses.NewSoftSpi(
            new SoftSpi.Wiring(select, output, input, clock, mode == 0));
        return call.Return(call.State.NewUserdata(soft, TypeMetatable.Of(call.State, SoftType), SoftBytes));
    }

    private static ReadOnlyMemory<byte> Sent(in LuaCall call) => ZbuffLibrary.ArgumentOrNull(call, 2) is { } buffer
        ? Behind(buffer)
        : call.String(2).Span.ToArray();

    private static int Transfer(in LuaCall call)
    {
        var sent = Sent(call);
        var length = call.UIntOr(3, sent.Length);
        if (length <= sent.Length) sent = sent[..(int)length];
        var count = call.IntOr(4, 1);
        if (sent.Length == 0) return call.Return(LuaString.Empty);
        if (!BusBytes.HasRoom(call, count)) return call.Return();
        if (!call[1].IsInteger)
        {
            var soft = call.Payload<SoftSpi>(1, SoftType);
            return call.Continue(frame => TransferringSoft(frame, soft, sent, new byte[count]));
        }

        return Controller(call.Host<FirmwareHost>(), call.Int(1)) is { } controller && count > 0
            ? call.Continue(frame => Transferring(frame, controller, sent, new byte[count]))
            : call.Return();
    }

    private static IEnumerator<NativeStep> Transferring(
        NativeFrame frame, SpiController controller, ReadOnlyMemory<byte> sent, byte[] received)
    {
        foreach (var step in Exchange(controller, controller.IsFullDuplex, sent, received)) yield return step;
        frame.Return(frame.State.NewString(received));
    }

    private static IEnumerator<NativeStep> TransferringSoft(
        NativeFrame frame, SoftSpi soft, ReadOnlyMemory<byte> sent, byte[] received)
    {
        soft.Select(true);
        var isFullDuplex = !soft.IsHalfDuplex && sent.Length == received.Length;
        foreach (var step in Exchange(soft, isFullDuplex, sent, received)) yield return step;
        soft.Select(false);
        frame.Return(frame.State.NewString(received));
    }

    private static int Send(in LuaCall call)
    {
        var sent = Sent(call);
        if (call[3].IsInteger) sent = sent[..(int)Math.Min(call.UInt(3), (uint)sent.Length)];
        if (sent.Length == 0) return call.Return(0);
        if (!call[1].IsInteger)
        {
            var soft = call.Payload<SoftSpi>(1, SoftType);
            return call.Continue(frame => Sending(frame, soft, sent, 0));
        }

        return Controller(call.Host<FirmwareHost>(), call.Int(1)) is { } controller
            ? call.Continue(frame => Sending(frame, controller, sent, sent.Length))
            : call.Return(-1);
    }

    private static IEnumerator<NativeStep> Sending(
        NativeFrame frame, SpiMaster master, ReadOnlyMemory<byte> sent, int result)
    {
        (master as SoftSpi)?.Select(true);
        foreach (var step in master.Run(sent, new byte[sent.Length])) yield return step;
        (master as SoftSpi)?.Select(false);
        frame.Return(result);
    }

    private static int Receive(in LuaCall call)
    {
        var count = call.IntOr(2, 1);
        if (count <= 0) return call.Return();
        var buffer = ZbuffLibrary.ArgumentOrNull(call, 3);
        if (buffer is not null && buffer.Used > buffer.Length)
        {
            ZbuffMethods.ReportBehind(call, buffer);
            if (count > call.Host<FirmwareHost>().SystemHeap.Total)
            {
                throw ModuleCrash.Error(
                    call, "spi.recv behind the end of a zbuff", "V1112 writes more bytes than its memory has.");
            }
        }

        if (buffer is not null && buffer.Room < count)
        {
            // The line has three numbers and two arguments; the third is what lies on the stack.
            call.Host<FirmwareHost>().Log.Write(
                LogLevel.Warn, "spi", $"zbuff放不下 {buffer.Length - buffer.Used} {count} 0");
            return call.Return();
        }

        // What becomes a string is read into a buffer on Lua's heap.
        var room = new TextRoom(call.State);
        if (buffer is null) room.Grow(count);
        switch (call[1].AsUserdata?.Payload)
        {
            case SpiDevice device:
                return call.Continue(frame => SpiDevices.Receiving(
                    frame, device, new byte[count], received => Received(received, room, buffer)));
            case SoftSpi soft:
                return call.Continue(frame => Receiving(
                    frame, soft, new byte[count], received => Received(received, room, buffer)));
        }

        return call[1].IsInteger && Controller(call.Host<FirmwareHost>(), call.Int(1)) is { } controller
            ? call.Continue(frame => Receiving(
                frame, controller, new byte[count], received => Received(received, room, buffer)))
            : call.Return();
    }

    private static IEnumerator<NativeStep> Receiving(
        NativeFrame frame, SpiMaster master, byte[] received, Func<byte[], LuaValue> result)
    {
        (master as SoftSpi)?.Select(true);
        foreach (var step in master.Run(new byte[received.Length], received)) yield return step;
        (master as SoftSpi)?.Select(false);
        frame.Return(result(received));
    }

    /// <summary>A string; or, where there is a buffer, the number of bytes that were appended to it.</summary>
    private static LuaValue Received(byte[] received, TextRoom room, Zbuff? buffer)
    {
        buffer?.Write(received);
        return buffer is null ? room.Make(received) : LuaValue.Integer(received.Length);
    }

    /// <summary>spi.xfer: a topic tells the end. The chip select of an object stays low.</summary>
    private static int Start(in LuaCall call)
    {
        var topic = call.String(5);
        var count = call.IntOr(4, 0);
        var (sent, received) = (call[2].AsUserdata?.Payload as Zbuff, call[3].AsUserdata?.Payload as Zbuff);
        if ((sent is null && received is null) || count == 0) return call.Return(false);
        BusBytes.Count(call, count, "spi.xfer");
        var host = call.Host<FirmwareHost>();
        SpiController? controller;
        var bus = 0;
        if (call[1].IsInteger)
        {
            bus = call.Int(1);
            controller = Controller(host, bus);
        }
        else
        {
            if (call[1].AsUserdata?.Payload is not SpiDevice device) throw NullPointer.Error(call, "spi.xfer");
            (bus, controller) = (device.Number, device.Controller);
            device.Begin(host.Pins);
        }

        if (controller is not { IsBusy: false }) return call.Return(false);
        var bytes = new byte[count];
        sent?.Memory[..Math.Min(count, sent.Length)].CopyTo(bytes);
        return call.Continue(frame => Starting(frame, controller, bytes, received, new TransferDone(topic, bus, 0)));
    }

    private static IEnumerator<NativeStep> Starting(
        NativeFrame frame, SpiController controller, byte[] sent, Zbuff? buffer, TransferDone done)
    {
        controller.IsBusy = true;
        var received = new byte[sent.Length];
        foreach (var step in controller.Run(sent, received, runsBeside: true)) yield return step;
        var board = ((FirmwareHost)frame.State.Host!).Board;
        board.NewAlarm(() =>
        {
            controller.IsBusy = false;
            if (buffer is not null) received.AsSpan(0, Math.Min(received.Length, buffer.Length)).CopyTo(buffer.Memory);
            board.Post(done);
        }).Set(board.Now + controller.TimeOf(sent.Length));
        frame.Return(true);
    }
}
