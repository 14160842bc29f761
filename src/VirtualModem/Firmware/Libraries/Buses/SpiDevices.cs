using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Buses;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>The objects of spi.deviceSetup: a chip select around each transfer.</summary>
internal static class SpiDevices
{
    private const string TypeName = "SPI*";

    /// <summary>sizeof(luat_spi_device_t) in the Lua heap.</summary>
    private const int ObjectBytes = 52;

    private const int NoPin = 255;
    private const uint DefaultHertz = 20_000_000;
    private const string WrongArgument = "spi_device transfer first arg error";

    private static readonly NativeFunction CloseMethod = new("spi_device.close", static (in LuaCall call) =>
    {
        _ = Self(call, "close");
        return call.Return(true);
    });

    private static readonly NativeFunction TransferMethod = new("spi_device.transfer", Transfer);
    private static readonly NativeFunction SendMethod = new("spi_device.send", Send);
    private static readonly NativeFunction ReceiveMethod = new("spi_device.recv", Receive);
    private static readonly NativeFunction Index = new("spi_device.__index", ReadIndex);
    private static readonly NativeFunction Collect = new("spi_device.__gc", Collected);

    public static int Setup(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        var select = call.IntOr(2, NoPin);
        for (var i = 3; i <= 5; i++) _ = call.IntOr(i, 0);
        var hertz = call.UIntOr(6, DefaultHertz);
        for (var i = 7; i <= 8; i++) _ = call.IntOr(i, 1);
        var isFullDuplex = call.IntOr(9, 1) != 0;
        var device = new SpiDevice(id, SpiLibrary.Controller(host, id), select, hertz, isFullDuplex);
        device.Controller?.Setup(null, hertz, isFullDuplex);
        device.Prepare(host.Pins);
        var metatable = TypeMetatable.Of(call.State, TypeName, ("__gc", Collect), ("__index", Index));
        return call.Return(call.State.NewUserdata(device, metatable, ObjectBytes));
    }

    public static int Transfer(in LuaCall call)
    {
        if (Sent(call) is not { } sent) return call.Return();
        if (call[3].IsInteger)
        {
            // More than there is: memory behind it goes too, which here is zeros.
            var length = BusBytes.Count(call, call.Int(3), "spi_device:transfer");
            var all = new byte[length];
            sent[..Math.Min(length, sent.Length)].CopyTo(all);
            sent = all;
        }

        var count = call.IntOr(4, 1);
        if (count == 0) return call.Return(LuaString.Empty);
        if (!BusBytes.HasRoom(call, count)) return call.Return();
        var device = Self(call, "transfer");
        return call.Continue(frame => Transferring(frame, device, sent, new byte[count]));
    }

    private static IEnumerator<NativeStep> Transferring(
        NativeFrame frame, SpiDevice device, ReadOnlyMemory<byte> sent, byte[] received)
    {
        var pins = ((FirmwareHost)frame.State.Host!).Pins;
        device.Begin(pins);
        if (device.Controller is { } controller)
        {
            var isFullDuplex = device.IsFullDuplex && controller.IsFullDuplex;
            foreach (var step in SpiLibrary.Exchange(controller, isFullDuplex, sent, received)) yield return step;
            frame.Return(frame.State.NewString(received));
        }

        device.End(pins);
    }

    public static int Send(in LuaCall call)
    {
        if (Sent(call) is not { } sent) return call.Return();
        var device = Self(call, "send");
        return call.Continue(frame => Sending(frame, device, sent));
    }

    private static IEnumerator<NativeStep> Sending(NativeFrame frame, SpiDevice device, ReadOnlyMemory<byte> sent)
    {
        var pins = ((FirmwareHost)frame.State.Host!).Pins;
        device.Begin(pins);
        if (device.Controller is { } controller)
        {
            foreach (var step in controller.Run(sent, new byte[sent.Length])) yield return step;
        }

        device.End(pins);
        frame.Return(device.Controller is null ? -1 : sent.Length);
    }

    private static int Receive(in LuaCall call)
    {
        var count = call.IntOr(2, 1);
        if (!BusBytes.HasRoom(call, count)) return call.Return();
        var device = Self(call, "recv");
        if (count == 0 || device.Controller is null) return call.Return();
        return call.Continue(frame => Receiving(
            frame, device, new byte[count], received => frame.State.NewString(received)));
    }

    /// <summary>The steps of a reading, for spi.recv too.</summary>
    public static IEnumerator<NativeStep> Receiving(
        NativeFrame frame, SpiDevice device, byte[] received, Func<byte[], LuaValue> result)
    {
        var pins = ((FirmwareHost)frame.State.Host!).Pins;
        device.Begin(pins);
        if (device.Controller is { } controller)
        {
            foreach (var step in controller.Run(new byte[received.Length], received)) yield return step;
        }

        device.End(pins);
        frame.Return(result(received));
    }

    /// <summary>Null, with the log line: it is nothing that can be sent.</summary>
    private static ReadOnlyMemory<byte>? Sent(in LuaCall call)
    {
        if (ZbuffLibrary.ArgumentOrNull(call, 2) is { } buffer) return SpiLibrary.Behind(buffer);
        if (call[2].AsTable is { } table) return BusBytes.OfTable(call, table);
        if (BusBytes.OfText(call, 2) is { } text) return text;
        call.Host<FirmwareHost>().Log.Write(LogLevel.Error, "spi", WrongArgument);
        return null;
    }

    /// <summary>The binding does not look what it is given (lua_touserdata).</summary>
    private static SpiDevice Self(in LuaCall call, string method) =>
        call[1].AsUserdata?.Payload as SpiDevice
        ?? throw NullPointer.Error(call, $"spi_device:{method} without its object");

    private static int ReadIndex(in LuaCall call) => call.String(2).ToMessage() switch
    {
        "close" => call.Return(CloseMethod),
        "transfer" => call.Return(TransferMethod),
        "send" => call.Return(SendMethod),
        "recv" => call.Return(ReceiveMethod),
        _ => call.Return(),
    };

    private static int Collected(in LuaCall call)
    {
        if (call[1].AsUserdata is not { Payload: SpiDevice device } self) return call.Return();
        call.Host<FirmwareHost>().Log.Write(LogLevel.Info, "spi",
            $"spi_device对象正在被回收,相关内存将释放 {call.State.PointerTo(self).Target:X8} , spi id={device.Number}");
        return call.Return();
    }
}
