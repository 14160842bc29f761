using AirHil.Lua.Library;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary>
/// <c>pack</c> (reference §8). Its lengths are C's on the module, whatever the Lua integer is: <c>a</c> counts in four
/// bytes; <c>unpack</c> gives the next position as a float.
/// </summary>
internal static class PackLibrary
{
    /// <summary>LUAL_BUFFERSIZE (L:luat/include/luat_conf_default.h).</summary>
    private const int BufferBytes = 256;

    public static LibraryDefinition Definition { get; } = new LibraryDefinition("pack")
        .Add("pack", Pack)
        .Add("unpack", Unpack);

    /// <summary>Bytes of the length in front of a string; 0 for any other code.</summary>
    private static int LengthSize(char code) => code switch { 'p' => 1, 'P' => 2, 'a' => 4, _ => 0 };

    private static int Pack(in LuaCall call)
    {
        var format = new PackFormat(call.String(1));
        var result = new List<byte>();
        var room = new TextRoom(call.State);
        var argument = 2;
        while (format.Next())
        {
            var code = format.Code;
            for (var left = format.Count; left > 0; left--)
            {
                if (PackCodes.SizeOf(code, call.State.Numbers) > 0)
                {
                    RefuseBox(call, argument, result.Count, "number");
                    result.AddRange(PackCodes.Encode(code, call, argument++, format.BigEndian));
                    room.Grow(result.Count);
                    continue;
                }

                var lengthSize = LengthSize(code);
                if (lengthSize == 0 && code is not ('A' or 'z')) throw PackCodes.BadCode(call, code);
                RefuseBox(call, argument, result.Count, "string");
                var text = call.String(argument++);
                for (var i = 0; i < lengthSize; i++)
                {
                    result.Add((byte)(text.Length >> (8 * (format.BigEndian ? lengthSize - 1 - i : i))));
                }

                result.AddRange(text.Span);
                if (code == 'z') result.Add(0);
                room.Grow(result.Count);
            }
        }

        return call.Return(room.Make([.. result]));
    }

    /// <summary>
    /// A result of more than 256 bytes has its buffer on the stack behind the arguments, so that C takes it for the
    /// first one that is missing.
    /// </summary>
    private static void RefuseBox(in LuaCall call, int argument, int length, string expected)
    {
        if (argument == call.Count + 1 && length > BufferBytes)
        {
            throw call.ArgumentError(argument, $"{expected} expected, got LUABOX");
        }
    }

    private static int Unpack(in LuaCall call)
    {
        var text = call.String(1).Span;
        var format = new PackFormat(call.String(2));
        var at = (int)(call.NumberOr(3, 1) - 1);
        List<LuaValue> values = [default];
        Read(call, text, format, ref at, values);
        values[0] = call.State.Numbers.Float(at + 1);
        return call.Return(values.ToArray());
    }

    /// <summary>
    /// Reads values until the format or the text ends. C compares unsigned, so a position before the text may pass.
    /// </summary>
    private static void Read(
        in LuaCall call, ReadOnlySpan<byte> text, PackFormat format, ref int at, List<LuaValue> values)
    {
        var state = call.State;
        while (format.Next())
        {
            var (code, count) = (format.Code, format.Count);
            if (code == 'A')
            {
                if ((uint)(at + count) > text.Length && (count > 0 || !format.HasCount)) return;
                values.Add(state.NewString(Slice(text, at, count)));
                at += count;
                continue;
            }

            for (; count > 0; count--)
            {
                var size = PackCodes.SizeOf(code, state.Numbers);
                if (size > 0)
                {
                    if ((uint)(at + size) > text.Length) return;
                    values.Add(PackCodes.Decode(code, Slice(text, at, size), format.BigEndian, state.Numbers));
                    at += size;
                }
                else if (code == 'z')
                {
                    if ((uint)at >= text.Length) return;
                    var end = text[at..].IndexOf((byte)0);
                    var length = end < 0 ? text.Length - at : end;
                    values.Add(state.NewString(Slice(text, at, length)));
                    at += length + 1;
                }
                else
                {
                    var lengthSize = LengthSize(code);
                    if (lengthSize == 0) throw PackCodes.BadCode(call, code);
                    if ((uint)(at + lengthSize) > text.Length) return;
                    var length = Length(Slice(text, at, lengthSize), format.BigEndian);
                    if (unchecked((uint)(at + lengthSize) + length) > text.Length) return;
                    if (length > int.MaxValue)
                    {
                        throw new LuaException(LuaString.FromText("memory allocation error: block too big"));
                    }

                    at += lengthSize;
                    values.Add(state.NewString(Slice(text, at, (int)length)));
                    at += (int)length;
                }
            }
        }
    }

    private static uint Length(ReadOnlySpan<byte> bytes, bool bigEndian)
    {
        uint length = 0;
        for (var i = 0; i < bytes.Length; i++) length = (length << 8) | bytes[bigEndian ? i : bytes.Length - 1 - i];
        return length;
    }

    /// <summary>Bytes of the text; what would lie before it in memory reads as zeros.</summary>
    private static byte[] Slice(ReadOnlySpan<byte> text, int at, int length)
    {
        var bytes = new byte[length];
        for (var i = Math.Max(0, -at); i < length; i++) bytes[i] = text[at + i];
        return bytes;
    }
}
