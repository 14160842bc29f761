using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>The utf8 library of Lua 5.3 (manual §6.5); surrogates are accepted, as there.</summary>
internal static class Utf8Library
{
    private const int LargestCode = 0x10FFFF;

    private static readonly NativeFunction Iterator = new("utf8.codes.iterator", NextCode);

    public static LibraryDefinition Definition { get; } = Build(
        new LuaString([.. "[\0-\x7F"u8, 0xC2, (byte)'-', 0xF4, .. "]["u8, 0x80, (byte)'-', 0xBF, .. "]*"u8]));

    /// <summary>A text in a library of the module is a C string: the pattern ends before its zero.</summary>
    private static readonly LibraryDefinition OfModule = Build(LuaString.FromText("["));

    private static LibraryDefinition Build(LuaString charPattern) => new LibraryDefinition("utf8")
        .Add("char", Char).Add("charpattern", charPattern)
        .Add("codepoint", CodePoint).Add("codes", Codes).Add("len", Len).Add("offset", Offset);

    internal static LibraryDefinition For(LuaOptions options) => options.ModuleLibraries ? OfModule : Definition;

    private static bool IsContinuation(ReadOnlySpan<byte> text, long at) =>
        at < text.Length && (text[(int)at] & 0xC0) == 0x80;

    /// <summary>The code at the start of a text and its length in bytes; false where there is no valid one.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> text, out int code, out int length)
    {
        length = 1;
        code = text.IsEmpty ? 0 : text[0];
        if (code < 0x80) return true;
        length = code switch { < 0xC0 => 0, < 0xE0 => 2, < 0xF0 => 3, < 0xF8 => 4, _ => 0 };
        if (length == 0 || text.Length < length) return false;
        code &= 0x7F >> length;
        for (var i = 1; i < length; i++)
        {
            if ((text[i] & 0xC0) != 0x80) return false;
            code = (code << 6) | (text[i] & 0x3F);
        }

        var least = length switch { 2 => 0x80, 3 => 0x800, _ => 0x10000 };
        return code >= least && code <= LargestCode;
    }

    private static int Char(in LuaCall call)
    {
        var buffer = new StringBuffer(call.State);
        for (var i = 1; i <= call.Count; i++)
        {
            var code = call.Integer(i);
            if (code is < 0 or > LargestCode) throw call.ArgumentError(i, "value out of range");
            Encode(buffer, (int)code);
        }

        return call.Return(buffer.ToLuaString());
    }

    private static void Encode(StringBuffer buffer, int code)
    {
        if (code < 0x80)
        {
            buffer.Add((byte)code);
            return;
        }

        var more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
        var lead = more switch { 1 => 0xC0, 2 => 0xE0, _ => 0xF0 };
        buffer.Add((byte)(lead | (code >> (6 * more))));
        while (more-- > 0) buffer.Add((byte)(0x80 | ((code >> (6 * more)) & 0x3F)));
    }

    private static int CodePoint(in LuaCall call)
    {
        var text = call.String(1);
        var start = StringLibrary.Position(call.IntegerOr(2, 1), text.Length);
        var end = StringLibrary.Position(call.IntegerOr(3, start), text.Length);
        if (start < 1) throw call.ArgumentError(2, "out of range");
        if (end > text.Length) throw call.ArgumentError(3, "out of range");
        if (start > end) return call.Return();
        if (end - start >= TableLibrary.MostResults) throw call.Error("string slice too long");
        var codes = new List<LuaValue>();
        for (var at = (int)start - 1; at < end;)
        {
            if (!TryDecode(text.Span[at..], out var code, out var length)) throw call.Error("invalid UTF-8 code");
            codes.Add(LuaValue.Integer(code));
            at += length;
        }

        return call.Return(codes.ToArray());
    }

    private static int Len(in LuaCall call)
    {
        var text = call.String(1);
        var start = StringLibrary.Position(call.IntegerOr(2, 1), text.Length);
        var end = StringLibrary.Position(call.IntegerOr(3, -1), text.Length);
        if (start < 1 || start - 1 > text.Length) throw call.ArgumentError(2, "initial position out of string");
        if (end > text.Length) throw call.ArgumentError(3, "final position out of string");
        var count = 0;
        for (var at = (int)start - 1; at < end; count++)
        {
            if (!TryDecode(text.Span[at..], out _, out var length))
            {
                return call.Return(default, LuaValue.Integer(at + 1));
            }

            at += length;
        }

        return call.Return(LuaValue.Integer(count));
    }

    private static int Offset(in LuaCall call)
    {
        var text = call.String(1).Span;
        var n = call.Integer(2);
        var at = StringLibrary.Position(call.IntegerOr(3, n >= 0 ? 1 : text.Length + 1L), text.Length) - 1;
        if (at < 0 || at > text.Length) throw call.ArgumentError(3, "position out of range");
        if (n == 0)
        {
            while (at > 0 && IsContinuation(text, at)) at--;
            return call.Return(LuaValue.Integer(at + 1));
        }

        if (IsContinuation(text, at)) throw call.Error("initial position is a continuation byte");
        if (n < 0)
        {
            for (; n < 0 && at > 0; n++)
            {
                do at--;
                while (at > 0 && IsContinuation(text, at));
            }
        }
        else
        {
            for (n--; n > 0 && at < text.Length; n--)
            {
                do at++;
                while (IsContinuation(text, at));
            }
        }

        return call.Return(n == 0 ? LuaValue.Integer(at + 1) : default);
    }

    private static int Codes(in LuaCall call) => call.Return(Iterator, call.String(1), LuaValue.Integer(0));

    private static int NextCode(in LuaCall call)
    {
        var text = call.String(1).Span;
        var at = (call.State.TryToInteger(call[2], out var before) ? before : 0) - 1;
        if (at < 0)
        {
            at = 0;
        }
        else if (at < text.Length)
        {
            do at++;
            while (IsContinuation(text, at));
        }

        if (at >= text.Length) return call.Return();
        if (!TryDecode(text[(int)at..], out var code, out var length) || IsContinuation(text, at + length))
        {
            throw call.Error("invalid UTF-8 code");
        }

        return call.Return(LuaValue.Integer(at + 1), LuaValue.Integer(code));
    }
}
