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
        var all = text.ToString().Trim();
        for (var length = all.Length; length > 0; length--)
        {
            var part = all.AsSpan(0, length);
            if (double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        }

        return all.StartsWith("inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
            : all.StartsWith("-inf", StringComparison.OrdinalIgnoreCase) ? double.NegativeInfinity
            : all.StartsWith("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
            : null;
    }
}
