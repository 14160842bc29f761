using System.Globalization;
using System.Text;

using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware;

/// <summary>Between the bytes of Lua strings and the .NET texts that the model keys on.</summary>
internal static class LuaText
{
    /// <summary>A path or key as C reads it, up to the first zero: every byte is one character.</summary>
    public static string Path(LuaString bytes)
    {
        var end = bytes.Span.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? bytes.Span : bytes.Span[..end]);
    }

    /// <summary>The bytes of such a text.</summary>
    public static LuaString FromPath(string path) => new(Encoding.Latin1.GetBytes(path));

    /// <summary>What C reads of a string: up to the first zero.</summary>
    public static LuaString CText(LuaString text)
    {
        var end = text.Span.IndexOf((byte)0);
        return end < 0 ? text : LuaString.FromBytes(text.Span[..end]);
    }

    /// <summary>strtod: the longest beginning that is a number; null: none.</summary>
    public static double? LeadingNumber(LuaString text)
    {
        var all = text.Span.TrimStart(" \t\n\v\f\r"u8);
        var rest = all.Length > 0 && all[0] is (byte)'-' or (byte)'+' ? all[1..] : all;
        var sign = all.Length > 0 && all[0] == '-' ? -1 : 1;
        var length = NumeralLength(rest);
        if (length > 0) return sign * double.Parse(rest[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
        return Begins(rest, "inf") ? sign * double.PositiveInfinity : Begins(rest, "nan") ? double.NaN : null;
    }

    /// <summary>
    /// How much of a text behind its sign strtod takes: digits, a point, an exponent; 0 where there is no digit.
    /// </summary>
    public static int NumeralLength(ReadOnlySpan<byte> text)
    {
        var at = DigitsAt(text, 0);
        var digits = at;
        if (at < text.Length && text[at] == '.')
        {
            var decimals = DigitsAt(text, at + 1);
            digits += decimals;
            at += 1 + decimals;
        }

        if (digits == 0) return 0;
        if (at == text.Length || text[at] is not ((byte)'e' or (byte)'E')) return at;
        var exponent = at + 1;
        if (exponent < text.Length && text[exponent] is (byte)'+' or (byte)'-') exponent++;
        var exponentDigits = DigitsAt(text, exponent);
        return exponentDigits == 0 ? at : exponent + exponentDigits;
    }

    /// <summary>How many digits stand from a place on; 0 behind the end.</summary>
    public static int DigitsAt(ReadOnlySpan<byte> text, int place)
    {
        var end = place;
        while (end < text.Length && char.IsAsciiDigit((char)text[end])) end++;
        return end - place;
    }

    private static bool Begins(ReadOnlySpan<byte> text, string word) =>
        text.Length >= word.Length && Ascii.EqualsIgnoreCase(text[..word.Length], word);
}
