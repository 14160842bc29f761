using System.Buffers.Binary;

using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary><c>zbuff:query</c>: a part of the valid data as a string or as one number (reference §6).</summary>
internal static class ZbuffQuery
{
    private const int LongestNumber = 8;

    public static int Query(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var start = call.IntOr(2, 0);
        if (start < 0) start += buffer.Used;
        if (start < 0) return call.Return(LuaValue.Nil);
        start = Math.Min(start, buffer.Used);
        var count = call.UIntOr(3, buffer.Used);
        if (unchecked((uint)start + count) > buffer.Used) count = (uint)(buffer.Used - start);
        // As in toStr: a count that is negative by no more than the start passes that check.
        if (count > buffer.Used)
        {
            throw new LuaException(LuaString.FromText("memory allocation error: block too big"));
        }

        if (count == 0) return call.Return(LuaValue.Nil);
        ZbuffMethods.ReportBehind(call, buffer);
        ZbuffMethods.CheckFits(call.State, count);
        var bytes = buffer.Copy(start, (int)count);
        if (!call[4].IsBoolean || count > LongestNumber) return call.Return(call.State.NewString(bytes));
        return call.Return(Number(call, bytes, call[4].IsTruthy));
    }

    /// <summary>
    /// 1, 2, 4 or 8 bytes as a number, any other count is nil. Four bytes are signed whatever was asked; a float is
    /// always little endian.
    /// </summary>
    private static LuaValue Number(in LuaCall call, ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        var signed = call[5].IsBoolean && call[5].IsTruthy;
        var isFloat = call[6].IsBoolean && call[6].IsTruthy;
        var model = call.State.Numbers;
        return bytes.Length switch
        {
            1 => model.Integer(signed ? (sbyte)bytes[0] : bytes[0]),
            2 => model.Integer(signed ? (short)UInt16(bytes, bigEndian) : UInt16(bytes, bigEndian)),
            4 when isFloat => model.Float(BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            4 => model.Integer(
                bigEndian ? BinaryPrimitives.ReadInt32BigEndian(bytes) : BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            8 when isFloat => model.Float(BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
            8 => model.Integer(
                bigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            _ => default,
        };
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
