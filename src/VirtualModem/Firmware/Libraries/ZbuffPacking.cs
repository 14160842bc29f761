using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries;

/// <summary><c>zbuff:pack</c> and <c>zbuff:unpack</c>, at the cursor (reference §6).</summary>
internal static class ZbuffPacking
{
    public static int Pack(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var format = PackCodes.FormatOf(call.String(2));
        var argument = 3;
        var written = 0;
        var bigEndian = false;
        for (var at = 0; at < format.Length && buffer.Used != buffer.Length;)
        {
            var code = (char)format[at++];
            var count = PackCodes.Repeat(format, ref at, out _);
            if (code is '<' or '>' or '=')
            {
                if (count > 0) bigEndian = code == '>';
                continue;
            }

            if (code is ' ' or ',') continue;
            for (; count > 0 && buffer.Used != buffer.Length; count--)
            {
                if (code == 'A') written += buffer.Write(call.String(argument++).Span);
                else if (PackCodes.SizeOf(code, call.State.Numbers) == 0) throw PackCodes.BadCode(call, code);
                else written += buffer.Write(PackCodes.Encode(code, call, argument++, bigEndian));
            }
        }

        return call.Return(written);
    }

    public static int Unpack(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var format = PackCodes.FormatOf(call.String(2));
        List<LuaValue> values = [default];
        var count = Read(call, buffer.MemoryAndNext[Math.Min(buffer.Used, buffer.Length)..buffer.Length], format, values);
        buffer.Used += count;
        values[0] = count;
        return call.Return(values.ToArray());
    }

    private static int Read(in LuaCall call, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> format, List<LuaValue> values)
    {
        var state = call.State;
        var at = 0;
        var bigEndian = false;
        for (var f = 0; f < format.Length;)
        {
            var code = (char)format[f++];
            var count = PackCodes.Repeat(format, ref f, out _);
            if (code is '<' or '>' or '=')
            {
                if (count > 0) bigEndian = code == '>';
                continue;
            }

            if (code is ' ' or ',') continue;
            if (code == 'A')
            {
                if (count > bytes.Length - at) return at;
                values.Add(state.NewString(bytes.Slice(at, count).ToArray()));
                at += count;
                continue;
            }

            for (; count > 0; count--)
            {
                var size = PackCodes.SizeOf(code, state.Numbers);
                if (size == 0) throw PackCodes.BadCode(call, code);
                if (size > bytes.Length - at) return at;
                values.Add(PackCodes.Decode(code, bytes.Slice(at, size), bigEndian, state.Numbers));
                at += size;
            }
        }

        return at;
    }
}
