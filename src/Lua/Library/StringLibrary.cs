using AirHil.Lua.Compile;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The string library of Lua 5.3 (manual §6.4). Bytes, not characters; letters are those of ASCII.</summary>
internal static class StringLibrary
{
    /// <summary>No string gets longer than this (MAXSIZE of lstrlib.c).</summary>
    private const long LongestString = int.MaxValue;

    private static readonly LibraryDefinition ForModule = Build(withDump: false);
    private static readonly LibraryDefinition ForHost = Build(withDump: true);

    /// <summary>The module has no <c>string.dump</c> (reference §1.4).</summary>
    public static LibraryDefinition For(LuaOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ModuleLibraries ? ForModule : ForHost;
    }

    private static LibraryDefinition Build(bool withDump)
    {
        var definition = new LibraryDefinition("string").Add("byte", Byte).Add("char", Char);
        if (withDump) definition.Add("dump", Dump);
        return definition.Add("find", StringPatterns.Find).Add("format", StringFormat.Format)
            .Add("gmatch", StringPatterns.GlobalMatch).Add("gsub", StringPatterns.Substitute).Add("len", Len)
            .Add("lower", Lower).Add("match", StringPatterns.Match).Add("rep", Rep).Add("reverse", Reverse)
            .Add("sub", Sub).Add("upper", Upper).Add("pack", StringPack.Pack)
            .Add("packsize", StringPack.PackSize).Add("unpack", StringPack.Unpack);
    }

    /// <summary>
    /// A position in a string, counted from the end where it is negative; 0 where that is before the start.
    /// </summary>
    internal static long Position(long position, long length) =>
        position >= 0 ? position : -position > length || position == long.MinValue ? 0 : length + position + 1;

    private static int Len(in LuaCall call) => call.Return(LuaValue.Integer(call.String(1).Length));

    private static int Sub(in LuaCall call)
    {
        var text = call.String(1);
        var start = Math.Max(1, Position(call.Integer(2), text.Length));
        var end = Math.Min(text.Length, Position(call.IntegerOr(3, -1), text.Length));
        if (start > end) return call.Return(LuaString.Empty);
        if (start == 1 && end == text.Length) return call.Return(text);
        return Text(call, text.Span[(int)(start - 1)..(int)end].ToArray());
    }

    private static int Reverse(in LuaCall call)
    {
        var bytes = call.String(1).Span.ToArray();
        Array.Reverse(bytes);
        return Text(call, bytes);
    }

    private static int Lower(in LuaCall call)
    {
        var bytes = call.String(1).Span.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is >= (byte)'A' and <= (byte)'Z') bytes[i] += 32;
        }

        return Text(call, bytes);
    }

    private static int Upper(in LuaCall call)
    {
        var bytes = call.String(1).Span.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] is >= (byte)'a' and <= (byte)'z') bytes[i] -= 32;
        }

        return Text(call, bytes);
    }

    private static int Rep(in LuaCall call)
    {
        var text = call.String(1);
        var count = call.Integer(2);
        var separator = call.StringOrNull(3) ?? LuaString.Empty;
        if (count <= 0) return call.Return(call.State.NewString([]));
        if (text.Length + (long)separator.Length > LongestString / count)
        {
            throw call.Error("resulting string too large");
        }

        var total = (text.Length * count) + (separator.Length * (count - 1));
        // What cannot be had is refused before any of it is copied; PUC-Rio's loop goes round even for empty texts.
        if (total > Array.MaxLength) throw LuaException.NotEnoughMemory();
        var buffer = new StringBuffer(call.State); // PUC-Rio builds it there, before anything is allocated here
        buffer.Reserve(total);
        call.State.ChargeBytes(Math.Max(0, count - total)); // the string itself is charged when it is made
        var bytes = new byte[total];
        Fill(bytes, text.Span, separator.Span);
        var result = call.State.NewString(bytes);
        buffer.GiveBack();
        return call.Return(result);
    }

    /// <summary>Repeats text and separator by doubling what is there.</summary>
    private static void Fill(Span<byte> bytes, ReadOnlySpan<byte> text, ReadOnlySpan<byte> separator)
    {
        if (bytes.IsEmpty) return;
        text.CopyTo(bytes);
        var filled = text.Length;
        if (filled == bytes.Length) return;
        separator.CopyTo(bytes[filled..]);
        filled += separator.Length;
        while (filled < bytes.Length)
        {
            var more = Math.Min(filled, bytes.Length - filled);
            bytes[..more].CopyTo(bytes[filled..]);
            filled += more;
        }
    }

    private static int Byte(in LuaCall call)
    {
        var text = call.String(1);
        var start = Position(call.IntegerOr(2, 1), text.Length);
        var end = Math.Min(text.Length, Position(call.IntegerOr(3, start), text.Length));
        start = Math.Max(1, start);
        if (start > end) return call.Return();
        if (end - start >= TableLibrary.MostResults) throw call.Error("string slice too long");
        var values = new LuaValue[end - start + 1];
        for (var i = 0; i < values.Length; i++) values[i] = LuaValue.Integer(text[(int)start - 1 + i]);
        return call.Return(values);
    }

    private static int Char(in LuaCall call)
    {
        var bytes = new byte[call.Count];
        for (var i = 1; i <= bytes.Length; i++)
        {
            var code = call.Integer(i);
            if (code is < 0 or > 255) throw call.ArgumentError(i, "value out of range");
            bytes[i - 1] = (byte)code;
        }

        return Text(call, bytes);
    }

    private static int Dump(in LuaCall call)
    {
        if (call.Function(1) is not LuaClosure closure) throw call.Error("unable to dump given function");
        return Text(call, BinaryChunkWriter.Write(closure.Code.Prototype, call.State.Numbers, call.Truthy(2)));
    }

    private static int Text(in LuaCall call, byte[] bytes)
    {
        return call.Return(bytes.Length == 0 ? LuaString.Empty : call.State.NewString(bytes));
    }
}
