using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Uart;

namespace AirHil.VirtualModem.Firmware.Libraries.Serial;

/// <summary><c>uart</c> as EC618 has it (reference §5).</summary>
internal static class UartLibrary
{
    private const int DefaultReadBytes = 1024;
    private const int LargestRead = 64 * 1024;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("uart")
        .Add("setup", Setup)
        .Add("on", On)
        .Add("read", Read)
        .Add("rx", Rx)
        .Add("rxSize", RxSize)
        .Add("rx_size", RxSize)
        .Add("rxClear", RxClear)
        .Add("write", Write)
        .Add("tx", Tx)
        .Add("exist", static (in LuaCall call) => call.Return(UartPorts.Exists(call.Int(1))))
        .Add("close", Close);

    private static int Setup(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        if (UartPorts.IsUsb(id))
        {
            host.Uarts.UsbPort.Setup();
            return call.Return(0);
        }

        if (host.Uarts.WiredPort(id) is not { } port)
        {
            host.Log.Raw("uart.setup FAIL!!!");
            return call.Return(-1);
        }

        var baud = call.IntOr(2, 115_200);
        if (baud is < 1 or > 6_000_000)
        {
            throw call.Error($"uart.setup: no line runs at {baud} baud (on a module this is undefined)");
        }

        if (!call[8].IsNil && (call.Int(8) & 0xFFFFFFFF) != 0xFFFFFFFF)
        {
            throw NotModelled.Error(call, "uart.setup(…, RS485 pin)");
        }

        port.Setup(new UartSettings(
            (int)baud,
            call.IntOr(3, 8),
            call.IntOr(4, 1) == 1 ? 1 : 2,
            (UartParity)call.IntOr(5, 0),
            call.IntOr(7, 1024),
            call.IntOr(12, 1) != 0));
        return call.Return(0);
    }

    private static int On(in LuaCall call)
    {
        if (call.Host<FirmwareHost>().Uarts.CallbacksOf(call.Int(1)) is not { } callbacks)
        {
            return call.Return("no such uart id");
        }

        LuaValue callback = call[3].AsFunction;
        switch (call.String(2).ToString())
        {
            case "receive" or "recv":
                callbacks.Received = Keep(call, callbacks.Port, "receive", callback);
                break;
            case "sent":
                callbacks.Sent = Keep(call, callbacks.Port, "sent", callback);
                break;
            default:
                break; // V1112 takes other names without a word.
        }

        return call.Return();
    }

    private static LuaValue Keep(in LuaCall call, int port, string what, LuaValue callback)
    {
        call.State.Registry[$"uart.{port}.{what}"] = callback;
        return callback;
    }

    private static int Read(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        var length = call.IntOr(2, DefaultReadBytes);
        if (length > LargestRead)
        {
            host.Log.Write(LogLevel.Error, "uart", $"uart read length too much {length}");
            length = LargestRead;
        }

        if (Zbuff.From(call[3]) is { } buffer)
        {
            var room = Math.Clamp(length, 0, buffer.Length - buffer.Used);
            return call.Return(buffer.Write(host.Uarts.Read(id, (int)room)));
        }

        return call.Return(call.State.NewString(host.Uarts.Read(id, (int)Math.Max(0, length)).ToArray()));
    }

    private static int Rx(in LuaCall call)
    {
        var id = call.Int(1);
        if (Zbuff.From(call[2]) is not { } buffer) return call.Return(0);
        var bytes = call.Host<FirmwareHost>().Uarts.Read(id, int.MaxValue);
        if (bytes.IsEmpty) return call.Return(0);
        // A buffer that is too small grows by what came, not to what is needed (reference §5.4).
        if (buffer.Length - buffer.Used < bytes.Length && !buffer.TryResize((long)buffer.Length + bytes.Length))
        {
            return call.Return(0);
        }

        buffer.Append(bytes);
        return call.Return(bytes.Length);
    }

    private static int RxSize(in LuaCall call) =>
        call.Return(call.Host<FirmwareHost>().Uarts.Buffered(call.Int(1)));

    private static int RxClear(in LuaCall call)
    {
        var uarts = call.Host<FirmwareHost>().Uarts;
        var id = call.Int(1);
        if (UartPorts.IsUsb(id)) uarts.UsbPort.ClearReceived();
        else uarts.WiredPort(id)?.ClearReceived();
        return call.Return();
    }

    private static int Write(in LuaCall call)
    {
        if (Zbuff.From(call[2]) is { } buffer)
        {
            // From the cursor to the end of the buffer, not the used part (reference §5.5).
            var used = Math.Min(buffer.Used, buffer.Length);
            return Send(call, buffer.Memory[used..].ToArray());
        }

        var bytes = call.String(2).Memory;
        if (call[3].IsInteger) bytes = bytes[..(int)Math.Clamp(call.Int(3), 0, bytes.Length)];
        return Send(call, bytes);
    }

    private static int Tx(in LuaCall call)
    {
        if (Zbuff.From(call[2]) is not { } buffer) return call.Return(0);
        var start = (int)Math.Clamp(call.IntOr(3, 0), 0, buffer.Length);
        var length = (int)Math.Clamp(call.IntOr(4, buffer.Used), 0, buffer.Length - start);
        return Send(call, buffer.Memory.Slice(start, length).ToArray());
    }

    private static int Send(in LuaCall call, ReadOnlyMemory<byte> bytes)
    {
        var uarts = call.Host<FirmwareHost>().Uarts;
        var id = call.Int(1);
        if (UartPorts.IsUsb(id))
        {
            if (!uarts.UsbPort.IsOpen)
            {
                call.Host<FirmwareHost>().Log.Raw("usb serial not init");
                return call.Return(0);
            }

            uarts.UsbPort.Write(bytes);
            return call.Return(bytes.Length);
        }

        if (uarts.WiredPort(id) is not { } port) return call.Return(-1);
        if (port.Settings is null) return call.Return(0);
        port.Write(bytes);
        return call.Return(bytes.Length);
    }

    private static int Close(in LuaCall call)
    {
        var uarts = call.Host<FirmwareHost>().Uarts;
        var id = call.Int(1);
        if (UartPorts.IsUsb(id)) uarts.UsbPort.Close();
        else uarts.WiredPort(id)?.Close();
        return call.Return();
    }
}
