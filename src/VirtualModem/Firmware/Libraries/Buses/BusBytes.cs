using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Network;

namespace AirHil.VirtualModem.Firmware.Libraries.Buses;

/// <summary>Bytes in the arguments of <c>i2c</c> and <c>spi</c>.</summary>
internal static class BusBytes
{
    /// <summary>The low bytes of an array's numbers; what is no number is 0 (lua_tointeger).</summary>
    public static byte[] OfTable(in LuaCall call, LuaTable table)
    {
        var bytes = new byte[table.Length];
        call.State.ChargeBytes(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = call.State.TryToInteger(table[i + 1L], out var value) ? unchecked((byte)value) : (byte)0;
        }

        return bytes;
    }

    /// <summary>lua_isstring: a string or a number, which becomes its text.</summary>
    public static byte[]? OfText(in LuaCall call, int index) =>
        call[index].AsString is null && !call[index].IsNumber ? null : call.String(index).Span.ToArray();

    /// <summary>How many bytes to read, an argument of which C makes a block of memory.</summary>
    public static int Count(in LuaCall call, int count, string function)
    {
        if ((uint)count > (uint)call.Host<FirmwareHost>().SystemHeap.Total)
        {
            throw NullPointer.Error(call, FormattableString.Invariant($"{function} of {count} bytes"));
        }

        return count;
    }
}
