using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// pack, packsize and unpack (manual §6.4.2), with the sizes of the module in 32 bits (long, size_t and lua_Integer of
/// 4 bytes, lua_Number a float; reference §1.1) and those of a 64-bit Linux otherwise.
/// </summary>
internal static class StringPack
{
    private const long LongestResult = int.MaxValue;

    public static int Pack(in LuaCall call)
    {
        var reader = new StringPackFormat(call.State, call.String(1));
        var buffer = new StringBuffer(call.State);
        var argument = 1;
        while (reader.Next(buffer.Length))
        {
            buffer.Add(0, reader.Padding);
            argument++;
            CheckThere(call, argument, reader.Kind);
            switch (reader.Kind)
            {
                case PackKind.Signed or PackKind.Unsigned:
                    AddInteger(buffer, reader, CheckedInteger(call, argument, reader));
                    break;
                case PackKind.Float:
                    AddFloat(buffer, reader, call.Number(argument));
                    break;
                case PackKind.Fixed:
                    var text = call.String(argument);
                    if (text.Length > reader.Size) throw call.ArgumentError(argument, "string longer than given size");
                    buffer.Add(text.Span);
                    buffer.Add(0, reader.Size - text.Length);
                    break;
                case PackKind.Counted:
                    var counted = call.String(argument);
                    if (reader.Size < reader.NativeSize && counted.Length >= 1L << (reader.Size * 8))
                    {
                        throw call.ArgumentError(argument, "string length does not fit in given size");
                    }

                    AddInteger(buffer, reader, counted.Length);
                    buffer.Add(counted.Span);
                    break;
                case PackKind.Terminated:
                    var terminated = call.String(argument);
                    if (terminated.Span.Contains((byte)0)) throw call.ArgumentError(argument, "string contains zeros");
                    buffer.Add(terminated.Span);
                    buffer.Add(0);
                    break;
                case PackKind.Padding:
                    buffer.Add(0);
                    argument--;
                    break;
                default:
                    argument--;
                    break;
            }
        }

        return call.Return(buffer.ToLuaString());
    }

    /// <summary>Behind the arguments str_pack puts a nil on the stack, so one that is missing is nil.</summary>
    private static void CheckThere(in LuaCall call, int argument, PackKind kind)
    {
        if (argument <= call.Count) return;
        var expected = kind switch
        {
            PackKind.Signed or PackKind.Unsigned or PackKind.Float => "number",
            PackKind.Fixed or PackKind.Counted or PackKind.Terminated => "string",
            _ => null,
        };
        if (expected is not null) throw call.ArgumentError(argument, $"{expected} expected, got nil");
    }

    public static int PackSize(in LuaCall call)
    {
        var reader = new StringPackFormat(call.State, call.String(1));
        var total = 0L;
        while (reader.Next(total))
        {
            if (reader.Kind is PackKind.Counted or PackKind.Terminated)
            {
                throw call.ArgumentError(1, "variable-length format");
            }

            var size = (long)reader.Size + reader.Padding;
            if (total > LongestResult - size) throw call.ArgumentError(1, "format result too large");
            total += size;
        }

        return call.Return(LuaValue.Integer(total));
    }

    public static int Unpack(in LuaCall call)
    {
        var reader = new StringPackFormat(call.State, call.String(1));
        var data = call.String(2);
        var start = StringLibrary.Position(call.IntegerOr(3, 1), data.Length) - 1;
        if (start < 0 || start > data.Length) throw call.ArgumentError(3, "initial position out of string");
        var at = start;
        var values = new List<LuaValue>();
        while (reader.Next(at))
        {
            if (at + reader.Padding + reader.Size > data.Length) throw TooShort(call);
            at += reader.Padding;
            switch (reader.Kind)
            {
                case PackKind.Signed or PackKind.Unsigned:
                    values.Add(LuaValue.Integer(ReadInteger(call, data.Span, (int)at, reader)));
                    break;
                case PackKind.Float:
                    values.Add(call.State.Numbers.Float(ReadFloat(data.Span.Slice((int)at, reader.Size), reader)));
                    break;
                case PackKind.Fixed:
                    values.Add(call.State.NewString(data.Span.Slice((int)at, reader.Size).ToArray()));
                    break;
                case PackKind.Counted:
                    var length = ReadInteger(call, data.Span, (int)at, reader);
                    CheckLength(call, at + reader.Size, length, data.Length);
                    values.Add(call.State.NewString(data.Span.Slice((int)at + reader.Size, (int)length).ToArray()));
                    at += length;
                    break;
                case PackKind.Terminated:
                    var rest = at < data.Length ? data.Span[(int)at..] : [];
                    var end = rest.IndexOf((byte)0);
                    if (end < 0) end = rest.Length; // the zero that follows every string in C ends it
                    values.Add(call.State.NewString(rest[..end].ToArray()));
                    at += end + 1;
                    break;
            }

            at += reader.Size;
        }

        values.Add(LuaValue.Integer(at + 1));
        return call.Return(values.ToArray());
    }

    /// <summary>
    /// The check of PUC-Rio in its size_t, which wraps around: a length just below its range passes, and is then more
    /// than any string can have.
    /// </summary>
    private static void CheckLength(in LuaCall call, long at, long length, int size)
    {
        var end = call.State.Numbers.Bits == 32 ? (uint)(at + length) : (ulong)(at + length);
        if (end > (ulong)size) throw TooShort(call);
        if (length < 0 || length > size) throw new LuaException("memory allocation error: block too big");
    }

    private static LuaException TooShort(in LuaCall call) => call.ArgumentError(2, "data string too short");

    private static long CheckedInteger(in LuaCall call, int argument, StringPackFormat reader)
    {
        var value = call.Integer(argument);
        if (reader.Size >= reader.NativeSize) return value;
        if (reader.Kind == PackKind.Signed)
        {
            var limit = 1L << ((reader.Size * 8) - 1);
            if (value < -limit || value >= limit) throw call.ArgumentError(argument, "integer overflow");
        }
        else if ((ulong)value >= 1UL << (reader.Size * 8))
        {
            throw call.ArgumentError(argument, "unsigned overflow");
        }

        return value;
    }

    private static void AddInteger(StringBuffer buffer, StringPackFormat reader, long value)
    {
        Span<byte> bytes = stackalloc byte[reader.Size];
        var extension = value < 0 && reader.Kind == PackKind.Signed ? (byte)0xFF : (byte)0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var octet = i < reader.NativeSize ? (byte)(value >> (8 * i)) : extension;
            bytes[reader.LittleEndian ? i : bytes.Length - 1 - i] = octet;
        }

        buffer.Add(bytes);
    }

    private static long ReadInteger(in LuaCall call, ReadOnlySpan<byte> data, int at, StringPackFormat reader)
    {
        var size = reader.Size;
        var used = Math.Min(size, reader.NativeSize);
        var signed = reader.Kind == PackKind.Signed;
        ulong value = 0;
        for (var i = used - 1; i >= 0; i--) value = (value << 8) | Octet(data, i);
        var unusedBits = 64 - (used * 8);
        var result = signed || used == reader.NativeSize
            ? (long)(value << unusedBits) >> unusedBits
            : (long)value;
        var filler = signed && result < 0 ? (byte)0xFF : (byte)0;
        for (var i = used; i < size; i++)
        {
            if (Octet(data, i) != filler) throw call.Error($"{size}-byte integer does not fit into Lua Integer");
        }

        return result;

        byte Octet(ReadOnlySpan<byte> bytes, int index) =>
            bytes[at + (reader.LittleEndian ? index : size - 1 - index)];
    }

    private static void AddFloat(StringBuffer buffer, StringPackFormat reader, double value)
    {
        Span<byte> bytes = stackalloc byte[reader.Size];
        var bits = reader.Size == sizeof(float)
            ? BitConverter.SingleToUInt32Bits((float)value)
            : BitConverter.DoubleToUInt64Bits(value);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[reader.LittleEndian ? i : bytes.Length - 1 - i] = (byte)(bits >> (8 * i));
        }

        buffer.Add(bytes);
    }

    private static double ReadFloat(ReadOnlySpan<byte> bytes, StringPackFormat reader)
    {
        ulong bits = 0;
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            bits = (bits << 8) | bytes[reader.LittleEndian ? i : bytes.Length - 1 - i];
        }

        return bytes.Length == sizeof(float)
            ? BitConverter.UInt32BitsToSingle((uint)bits)
            : BitConverter.UInt64BitsToDouble(bits);
    }
}
