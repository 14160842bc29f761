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
        ZbuffMethods.ReportBehind(call, buffer);
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
        ZbuffMethods.ReportBehind(call, buffer);
        var count = Read(call, buffer, format, values);
        buffer.Used += count;
        values[0] = count;
        return call.Return(values.ToArray());
    }

    private static int Read(in LuaCall call, Zbuff buffer, PackFormat format, List<LuaValue> values)
    {
        var state = call.State;
        var at = 0;
        while (format.Next())
        {
            var (code, count) = (format.Code, format.Count);
            if (code == 'A')
            {
                if (count > buffer.Room - at) return at;
                ZbuffMethods.CheckFits(state, at + (long)count); // All of it is on Lua's stack at once.
                values.Add(state.NewString(buffer.Copy(buffer.Used + at, count)));
                at += count;
                continue;
            }

            for (; count > 0; count--)
            {
                var size = PackCodes.SizeOf(code, state.Numbers);
                if (size == 0) throw PackCodes.BadCode(call, code);
                if (size > buffer.Room - at) return at;
                var bytes = buffer.Copy(buffer.Used + at, size);
                values.Add(PackCodes.Decode(code, bytes, format.BigEndian, state.Numbers));
                at += size;
            }
        }

        return at;
    }
}
