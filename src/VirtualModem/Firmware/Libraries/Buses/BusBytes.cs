using AirHil.Lua.Run;
using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware.Libraries.Network;
using AirHil.VirtualModem.Rtos;

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

    /// <summary>Whether C gets a block of memory for what it reads; without one the function gives nothing.</summary>
    public static bool HasRoom(in LuaCall call, int count)
    {
        if (count < 0) return false; // as an unsigned number more than there is
        using var room = HeapRoom.TryTake(call.Host<FirmwareHost>().SystemHeap, count);
        return room is not null;
    }

    /// <summary>How many bytes to read; C asks for memory for them and does not look whether it got it.</summary>
    public static int Count(in LuaCall call, int count, string function)
    {
        if ((uint)count > (uint)call.Host<FirmwareHost>().SystemHeap.Total)
        {
            throw NullPointer.Error(call, FormattableString.Invariant($"{function} of {count} bytes"));
        }

        return count;
    }
}
