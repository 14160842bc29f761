using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Buffers;
using AirHil.VirtualModem.Firmware.Libraries.Catalogue;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Logging;
using AirHil.VirtualModem.Uart;

namespace AirHil.VirtualModem.Firmware.Libraries.Serial;

/// <summary><c>uart</c> as EC618 has it (reference §5).</summary>
internal static class UartLibrary
{
    private const int DefaultReadBytes = 1024;
    private const int LargestRead = 64 * 1024;

    /// <summary>What is read into the C stack; more takes system heap for a moment.</summary>
    private const int OwnBuffer = 128;

    /// <summary>HAL_GPIO_NONE: from here on the driver uses no direction pin.</summary>
    private const uint NoPin = 32;

    /// <summary>LUAT_UART_RX_ERROR_DROP_DATA: no other value makes the driver drop what came with an error.</summary>
    private const int DropData = 0xD6;

    /// <summary>The delay of the RS-485 pin where none is given.</summary>
    private const int DelayBits = 12;

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
        .Add("exist", static (in LuaCall call) => call.Return(UartPorts.Exists(Id(call))))
        .Add("wait485", WaitForTurn)
        .Add("createSoft", SoftUartFunctions.Create)
        .Add("close", Close);

    /// <summary>
    /// Most functions keep one byte of the id: 257 is UART 1, and -1 is a USB port (luat_lib_uart.c).
    /// </summary>
    private static int Id(in LuaCall call) => (byte)call.Int(1);

    /// <summary>The id of a port that the function uses.</summary>
    private static int Used(in LuaCall call, string function)
    {
        var id = Id(call);
        if (UartPorts.Exists(id) && !UartPorts.IsUsb(id) && call.Host<FirmwareHost>().Uarts.WiredPort(id) is null)
        {
            NoticeOutside(call, function, id);
        }

        return id;
    }

    private static int Setup(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var stopBits = StopBits(call.NumberOr(4, 1));
        var id = call.Int(1);
        var baud = call.IntOr(2, 115_200);
        var dataBits = (byte)call.IntOr(3, 8);
        var parity = (byte)call.IntOr(5, 0);
        call.IntOr(6, 0);
        var bufferBytes = Math.Clamp(
            call.UIntOr(7, 1024), UartSettings.SmallestBuffer, (uint)UartSettings.LargestBuffer);
        var pin = call.UIntOr(8, uint.MaxValue);
        var levelToReceive = (byte)call.IntOr(9, 0);
        if (baud == 0 && call[10].IsNil)
        {
            throw call.Error("uart.setup: no line runs at 0 baud (V1112 divides by it)");
        }

        var delayUs = call[10].IsNil ? DelayBits * 1_000_000 / baud : call.Int(10);
        call.IntOr(11, 0);
        var dropsOnError = (byte)call.IntOr(12, DropData) == DropData;
        if (UartPorts.IsUsb(id))
        {
            host.Uarts.UsbPort.Setup((int)bufferBytes);
            return call.Return(0);
        }

        if (host.Uarts.IsSoft(id))
        {
            return SoftUartFunctions.Setup(call, new UartSettings(
                baud, dataBits, stopBits == 2 ? 2 : 1,
                parity is 1 or 2 ? (UartParity)parity : UartParity.None, (int)(call.UIntOr(7, 1024) & 0x7FFF), false,
                SoftDirection(pin, levelToReceive != 0)));
        }

        if (!UartPorts.Exists(id))
        {
            host.Log.Raw("luat_uart_setup 209:uart.setup FAIL!!!");
            return call.Return(-1);
        }

        if (host.Uarts.WiredPort(id) is not { } port)
        {
            NoticeOutside(call, "uart.setup", id);
            return call.Return(0);
        }

        if (baud is < 1 or > 6_000_000)
        {
            throw call.Error($"uart.setup: no line runs at {baud} baud (on a module this is undefined)");
        }

        if (dataBits is not (7 or 8))
        {
            throw call.Error(
                $"uart.setup: a byte has 7 or 8 data bits, not {dataBits} (on a module this is undefined)");
        }

        port.Setup(new UartSettings(
            baud,
            dataBits,
            stopBits == 1 ? 1 : 2,
            parity is 1 or 2 ? (UartParity)parity : UartParity.None,
            (int)bufferBytes,
            dropsOnError,
            pin < NoPin
                ? new Rs485((int)pin, (levelToReceive & 1) != 0, TimeSpan.FromMicroseconds(unchecked((uint)delayUs)))
                : null));
        return call.Return(0);
    }

    /// <summary>A soft UART keeps one byte of the pin's number.</summary>
    private static Rs485? SoftDirection(uint pin, bool isHighToReceive) =>
        pin != uint.MaxValue && (byte)pin < NoPin ? new Rs485((byte)pin, isHighToReceive, TimeSpan.Zero) : null;

    /// <summary>One byte; 0.5 and 1.5 have numbers of their own, and what is below 0 reads 0.</summary>
    private static byte StopBits(double number) => number switch
    {
        0.5 => 0xF0,
        1.5 => 0xF1,
        _ => unchecked((byte)(uint)Math.Clamp(double.IsNaN(number) ? 0 : number, 0, uint.MaxValue)),
    };

    /// <summary>
    /// uart.wait485: polls until the last bit has left, and turns the pin. It gives the number of its polls.
    /// </summary>
    private static int WaitForTurn(in LuaCall call)
    {
        var host = call.Host<FirmwareHost>();
        var id = call.Int(1);
        if (UartPorts.Exists(id) && host.Uarts.WiredPort(id) is null) NoticeOutside(call, "uart.wait485", id);
        if (host.Uarts.WiredPort(id) is not { Settings.Direction: not null } port) return call.Return(0);
        var left = port.LeavingUntil - host.Board.Now;
        var polls = left > TimeSpan.Zero ? (int)(left / host.Parameters.UartPollTime) : 0;
        if (left > TimeSpan.Zero) host.Cpu.Take(left);
        port.TurnNow();
        return call.Return(polls);
    }

    /// <summary>Ids that the firmware takes though its tables end before them.</summary>
    private static void NoticeOutside(in LuaCall call, string function, int id) => call.Host<FirmwareHost>().Notice(
        $"{function}({id}): V1112 takes this id and reads and writes behind its table of ports. Use 0, 1, 2 or " +
        "uart.VUART_0.");

    private static int On(in LuaCall call)
    {
        var id = call.Int(1);
        if (!UartPorts.Exists(id) && !call.Host<FirmwareHost>().Uarts.IsSoft(id & 0xFF))
        {
            return call.Return("no such uart id");
        }

        var name = call.String(2).ToMessage();
        var uarts = call.Host<FirmwareHost>().Uarts;
        if (id >= 3) uarts.UsbPort.IsHeard = true; // Any id from 3 on asks for the USB port's bytes (luat_setup_cb).
        if (id is < 0 or > UartPorts.Usb) NoticeOutside(call, "uart.on", id);
        if (id > UartPorts.Usb || uarts.CallbacksOf(id) is not { } callbacks) return call.Return();
        LuaValue callback = call[3].AsFunction;
        switch (name)
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
        var id = Used(call, "uart.read");
        var length = call.UIntOr(2, DefaultReadBytes);
        if (ZbuffLibrary.ArgumentOrNull(call, 3) is { } buffer)
        {
            ZbuffMethods.ReportBehind(call, buffer);
            var room = Math.Min(int.MaxValue, Math.Min(length, buffer.Room));
            return call.Return(buffer.Write(host.Uarts.Read(id, (int)room)));
        }

        if (length > LargestRead)
        {
            host.Log.Write(
                LogLevel.Error, "uart", $"uart read length too much {length}, change to {LargestRead}");
            length = LargestRead;
        }

        if (length > OwnBuffer)
        {
            if (!host.SystemHeap.TryAllocate(length))
            {
                host.Log.Write(LogLevel.Error, "uart", "system is out of memory!!!");
                return call.Return(LuaString.Empty);
            }

            host.SystemHeap.Free((int)length);
        }

        var bytes = host.Uarts.Read(id, (int)length).ToArray();
        if (bytes.Length > 0 && call[3].IsInteger) throw NotModelled.Error(call, "uart.read(…, file)");
        return call.Return(call.State.NewString(bytes));
    }

    private static int Rx(in LuaCall call)
    {
        var id = Used(call, "uart.rx");
        if (ZbuffLibrary.ArgumentOrNull(call, 2) is not { } buffer) return call.Return(0);
        var bytes = call.Host<FirmwareHost>().Uarts.Read(id, int.MaxValue);
        if (bytes.IsEmpty) return call.Return(0);
        // A buffer that is too small grows by what came, not to what is needed (reference §5.4).
        var count = bytes.Length;
        if (buffer.Length - buffer.Used < count && !ZbuffMethods.TryGrow(call, buffer, (long)buffer.Length + count))
        {
            call.Host<FirmwareHost>().Notice(
                $"uart.rx: {count} bytes go past the end of a zbuff that cannot grow. A module writes over other " +
                "memory.");
            return call.Return(count);
        }

        buffer.Append(bytes);
        return call.Return(count);
    }

    private static int RxSize(in LuaCall call) =>
        call.Return(call.Host<FirmwareHost>().Uarts.Buffered(Used(call, "uart.rxSize")));

    private static int RxClear(in LuaCall call)
    {
        var uarts = call.Host<FirmwareHost>().Uarts;
        var id = Used(call, "uart.rxClear");
        if (UartPorts.IsUsb(id)) uarts.UsbPort.ClearReceived();
        else if (uarts.IsSoft(id)) uarts.SoftPort.ClearReceived();
        else uarts.WiredPort(id)?.ClearReceived();
        return call.Return();
    }

    private static int Write(in LuaCall call)
    {
        var id = Used(call, "uart.write");
        ReadOnlyMemory<byte> bytes;
        if (ZbuffLibrary.ArgumentOrNull(call, 2) is { } buffer)
        {
            // From the cursor to the end of the buffer, not the used part (reference §5.5).
            bytes = buffer.Memory[Math.Min(buffer.Used, buffer.Length)..].ToArray();
            call.State.ChargeBytes(bytes.Length);
        }
        else
        {
            // lua_tolstring gives nothing for what is no text, which only a soft UART refuses.
            var isText = call[2].AsString is not null || call[2].IsNumber;
            if (!isText && call.Host<FirmwareHost>().Uarts.IsSoft(id)) return call.Return(-1);
            bytes = isText ? call.String(2).Memory : default;
        }

        if (call[3].IsInteger) bytes = bytes[..(int)Math.Min(call.UInt(3), (uint)bytes.Length)];
        return Send(call, id, bytes);
    }

    private static int Tx(in LuaCall call)
    {
        var id = Used(call, "uart.tx");
        if (ZbuffLibrary.ArgumentOrNull(call, 2) is not { } buffer) return call.Return(0);
        var start = call.UIntOr(3, 0);
        var length = call.UIntOr(4, buffer.Used);
        if (start >= (uint)buffer.Length) return call.Return(0);
        if (length > uint.MaxValue - start)
        {
            call.Host<FirmwareHost>().Notice(
                $"uart.tx: start {start} and length {length} wrap around: V1112 sends what lies behind the zbuff.");
        }

        length = Math.Min(length, (uint)buffer.Length - start);
        call.State.ChargeBytes(length);
        return Send(call, id, buffer.Memory.Slice((int)start, (int)length).ToArray());
    }

    private static int Send(in LuaCall call, int id, ReadOnlyMemory<byte> bytes)
    {
        var uarts = call.Host<FirmwareHost>().Uarts;
        if (UartPorts.IsUsb(id))
        {
            uarts.UsbPort.Write(bytes);
            return call.Return(bytes.Length);
        }

        if (uarts.IsSoft(id))
        {
            if (bytes.IsEmpty)
            {
                call.Host<FirmwareHost>().Notice(
                    "uart.write of no bytes to a soft UART: V1112 sends one byte, that at the address 0.");
                bytes = new byte[1];
            }

            return call.Return(uarts.SoftPort.Write(bytes)
                ?? throw NullPointer.Error(call, "uart.write to a soft UART without memory"));
        }

        if (uarts.WiredPort(id) is not { } port) return call.Return(-1);
        return call.Return(port.Write(bytes) ? bytes.Length : 0);
    }

    private static int Close(in LuaCall call)
    {
        var uarts = call.Host<FirmwareHost>().Uarts;
        var id = Used(call, "uart.close");
        if (UartPorts.IsUsb(id)) uarts.UsbPort.Close();
        else if (uarts.IsSoft(id)) uarts.SoftPort.Close();
        else uarts.WiredPort(id)?.Close();
        return call.Return();
    }
}
