using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware.Libraries.Buffers;

/// <summary><c>zbuff:pack</c> and <c>zbuff:unpack</c>, at the cursor (reference §6).</summary>
internal static class ZbuffPacking
{
    public static int Pack(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var format = new PackFormat(call.String(2));
        var argument = 3;
        var written = 0;
        while (buffer.Used != buffer.Length && format.Next())
        {
            var code = format.Code;
            for (var left = format.Count; left > 0 && buffer.Used != buffer.Length; left--)
            {
                if (code == 'A') written += buffer.Write(call.String(argument++).Span);
                else if (PackCodes.SizeOf(code, call.State.Numbers) == 0) throw PackCodes.BadCode(call, code);
                else written += buffer.Write(PackCodes.Encode(code, call, argument++, format.BigEndian));
            }
        }

        return call.Return(written);
    }

    public static int Unpack(in LuaCall call)
    {
        var buffer = ZbuffLibrary.Argument(call, 1);
        var format = new PackFormat(call.String(2));
        List<LuaValue> values = [default];
        var count = Read(call, buffer.MemoryAndNext[Math.Min(buffer.Used, buffer.Length)..buffer.Length], format,
            values);
        buffer.Used += count;
        values[0] = count;
        return call.Return(values.ToArray());
    }

    private static int Read(in LuaCall call, ReadOnlySpan<byte> bytes, PackFormat format, List<LuaValue> values)
    {
        var state = call.State;
        var at = 0;
        while (format.Next())
        {
            var (code, count) = (format.Code, format.Count);
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
                values.Add(PackCodes.Decode(code, bytes.Slice(at, size), format.BigEndian, state.Numbers));
                at += size;
            }
        }

        return at;
    }
}
