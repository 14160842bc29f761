using System.Buffers.Binary;
using System.Globalization;

using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Logging;

namespace AirHil.VirtualModem.Firmware.Libraries.Core;

/// <summary><c>mcu</c>: ticks, identity, clock figures (reference §7.4).</summary>
internal static class McuLibrary
{
    /// <summary>The 26 MHz counter behind tick64, ticks a microsecond.</summary>
    private const int TicksPerUs = 26;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("mcu")
        .Add("ticks", static (in LuaCall call) => call.Return(call.State.Numbers.Integer(Milliseconds(call))))
        .Add("hz", static (in LuaCall call) => call.Return(1000))
        .Add("getClk", static (in LuaCall call) => call.Return(204))
        .Add("ticks2", Ticks2)
        .Add("tick64", Tick64)
        .Add("dtick64", Dtick64)
        .Add("unique_id", static (in LuaCall call) =>
            call.Return(LuaString.FromBytes(call.Host<FirmwareHost>().Identity.UniqueId.Span)))
        .Add("x32", static (in LuaCall call) =>
            call.Return("0x" + (call.UInt(1)).ToString("x", CultureInfo.InvariantCulture)))
        .Add("setClk", static (in LuaCall call) =>
        {
            // EC618 chooses its clock itself, and says that it is done.
            _ = call.Int(1);
            return call.Return(true);
        })
        .Add("setXTAL", static (in LuaCall call) =>
        {
            _ = call.IntOr(3, 1200);
            return call.Return();
        })
        .Add("XTALRefOutput", static (in LuaCall call) =>
        {
            _ = call.IntOr(3, 1200);
            return call.Return();
        })
        .Add("iomux", Multiplex)
        .Add("hardfault", static (in LuaCall call) =>
        {
            call.IntOr(1, 0);
            return call.Return();
        });

    /// <summary>mcu.I2C.</summary>
    private const int I2cType = 1;

    /// <summary>Chooses other pads for a UART or an I2C bus. The rig knows buses by their numbers.</summary>
    private static int Multiplex(in LuaCall call)
    {
        var (type, channel, value) = (call.IntOr(1, 0xFF), call.IntOr(2, 0xFF), call.IntOr(3, 0));
        call.Host<FirmwareHost>().Log.Write(LogLevel.Debug, "mcu", $"mcu iomux {type},{channel},{value}");
        if (type == I2cType && channel is (0 or 1)) call.Host<FirmwareHost>().Buses.I2c[channel].Route = (byte)value;
        return call.Return();
    }

    private static long Milliseconds(in LuaCall call) =>
        call.Host<FirmwareHost>().Board.Clock.Tick.Ticks / TimeSpan.TicksPerMillisecond;

    private static int Ticks2(in LuaCall call)
    {
        var us = call.Host<FirmwareHost>().Board.Clock.Tick.Ticks / TimeSpan.TicksPerMicrosecond;
        return call.IntOr(1, 0) switch
        {
            0 => Halves(call, us),
            1 => Halves(call, us / 1000),
            2 => Halves(call, us / 1_000_000),
            _ => call.Return(),
        };
    }

    private static int Halves(in LuaCall call, long count) =>
        call.Return(LuaValue.Integer(count / 1_000_000), LuaValue.Integer(count % 1_000_000));

    /// <summary>The count as 8 bytes; for true, a bit64 value: 9 bytes, the last one 0.</summary>
    private static int Tick64(in LuaCall call)
    {
        var ticks = call.Host<FirmwareHost>().Board.Clock.Tick.Ticks * TicksPerUs / TimeSpan.TicksPerMicrosecond;
        var bytes = new byte[call[1].IsBoolean && call.Truthy(1) ? 9 : 8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, ticks);
        return call.Return(call.State.NewString(bytes), TicksPerUs);
    }

    private static int Dtick64(in LuaCall call)
    {
        var (one, other) = (call.String(1), call.String(2));
        NoticeLength(call, one);
        NoticeLength(call, other);
        var first = BinaryPrimitives.ReadInt64LittleEndian(Padded(one));
        var second = BinaryPrimitives.ReadInt64LittleEndian(Padded(other));
        var difference = first - second;
        return call.Return(difference >= call.IntegerOr(3, 0), call.State.Numbers.Integer(difference));
    }

    /// <summary>The firmware copies as many bytes as the text has into 8 of its stack.</summary>
    private static void NoticeLength(in LuaCall call, LuaString text)
    {
        if (text.Length == sizeof(long)) return;
        call.Host<FirmwareHost>().Notice(string.Create(CultureInfo.InvariantCulture,
            $"mcu.dtick64 copies {text.Length} bytes into a number of 8: a module {(text.Length < sizeof(long)
                ? "calculates with what its stack held" : "overwrites its stack")}. Give what mcu.tick64() gave."));
    }

    private static byte[] Padded(LuaString text)
    {
        var bytes = new byte[8];
        text.Span[..Math.Min(8, text.Length)].CopyTo(bytes);
        return bytes;
    }
}
