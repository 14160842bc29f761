using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Cli.Lua;

/// <summary>The formats of file:read and file:lines.</summary>
internal static class FileReading
{
    /// <summary>Bytes that are read into one string at most, though a desktop's lua has no such limit.</summary>
    private const int MostBytes = 256 << 20;

    private static readonly LuaValue[] OneLine = ["l"];

    /// <summary>Reads by each format until one fails; that one's result is nil.</summary>
    /// <param name="state">The engine, which makes the strings.</param>
    /// <param name="file">An open file.</param>
    /// <param name="formats">Numbers of bytes and the letters n, a, l, L; none is one line.</param>
    /// <param name="invalid">Makes the error of a format, by its index from 0.</param>
    public static LuaValue[] Read(
        LuaState state, HostFile file, IReadOnlyList<LuaValue> formats, Func<int, string, LuaException> invalid)
    {
        if (formats.Count == 0) formats = OneLine;
        var results = new List<LuaValue>();
        for (var i = 0; i < formats.Count; i++)
        {
            var result = One(state, file, formats[i], i, invalid);
            results.Add(result);
            if (result.IsNil) break;
        }

        return [.. results];
    }

    private static LuaValue One(
        LuaState state, HostFile file, LuaValue format, int index, Func<int, string, LuaException> invalid)
    {
        if (format.IsNumber)
        {
            if (!state.TryToInteger(format, out var count))
            {
                throw invalid(index, "number has no integer representation");
            }

            return count == 0 ? file.Peek() < 0 ? LuaValue.Nil : LuaString.Empty : Bytes(state, file, count);
        }

        var text = format.AsString?.ToString() ?? throw invalid(index, "invalid format");
        switch (text.TrimStart('*'))
        {
            case ['n', ..]:
                var numeral = LuaString.FromText(new NumeralScan(file).Take());
                return state.TryToNumber(numeral, out var number) ? number : LuaValue.Nil;
            case ['l', ..]:
                return Line(state, file, keepsEnd: false);
            case ['L', ..]:
                return Line(state, file, keepsEnd: true);
            case ['a', ..]:
                var rest = Bytes(state, file, long.MaxValue);
                return rest.IsNil ? LuaString.Empty : rest;
            default:
                throw invalid(index, "invalid format");
        }
    }

    private static LuaValue Line(LuaState state, HostFile file, bool keepsEnd)
    {
        var bytes = new List<byte>();
        while (true)
        {
            var available = file.Available();
            if (available.IsEmpty) return bytes.Count == 0 ? LuaValue.Nil : state.NewString([.. bytes]);
            var end = available.IndexOf((byte)'\n');
            CheckRoom(bytes.Count + available.Length);
            bytes.AddRange(end < 0 ? available : available[..(keepsEnd ? end + 1 : end)]);
            file.Skip(end < 0 ? available.Length : end + 1);
            if (end >= 0) return state.NewString([.. bytes]);
        }
    }

    private static LuaValue Bytes(LuaState state, HostFile file, long count)
    {
        var bytes = new List<byte>();
        while (bytes.Count < count)
        {
            var available = file.Available();
            if (available.IsEmpty) break;
            if (available.Length > count - bytes.Count) available = available[..(int)(count - bytes.Count)];
            CheckRoom(bytes.Count + available.Length);
            bytes.AddRange(available);
            file.Skip(available.Length);
        }

        return bytes.Count == 0 ? LuaValue.Nil : state.NewString([.. bytes]);
    }

    private static void CheckRoom(int bytes)
    {
        if (bytes > MostBytes) throw new LuaException(LuaString.FromText("not enough memory"));
    }
}
