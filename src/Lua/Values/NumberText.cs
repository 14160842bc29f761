using System.Globalization;
using System.Text;

namespace AirHil.Lua.Values;

/// <summary>Numbers to text and back, as lua_Number2str, luaO_str2num and the module's small printf do it.</summary>
internal static class NumberText
{
    private const int LongestInteger = 20;

    /// <summary>What <c>tostring</c> gives for a number, in bytes.</summary>
    public static byte[] Bytes(in LuaValue number, NumberModel model)
    {
        if (!number.IsInteger) return Encoding.ASCII.GetBytes(Format(number, model));
        Span<byte> text = stackalloc byte[LongestInteger];
        number.AsInteger.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return text[..length].ToArray();
    }

    /// <summary>The same as text.</summary>
    public static string Format(in LuaValue number, NumberModel model)
    {
        if (number.IsInteger) return number.AsInteger.ToString(CultureInfo.InvariantCulture);
        var digits = model.Bits == 32 ? 7 : 14;
        if (model.Style == NumberStyle.Module) return ModulePrintf.FormatFloat('g', digits, number.AsFloat);
        var text = NumberPrintf.General(number.AsFloat, digits);
        return LooksLikeInteger(text) ? text + ".0" : text;
    }

    /// <summary>
    /// Reads a Lua numeral (decimal or hexadecimal, integer or float, blanks around it allowed) as <c>tonumber</c> and
    /// the lexer do; false if the text is no number.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, NumberModel model, out LuaValue number) =>
        NumberParser.TryParse(text, model, out number);

    private static bool LooksLikeInteger(string text)
    {
        foreach (var c in text)
        {
            if (c != '-' && !char.IsAsciiDigit(c)) return false;
        }

        return true;
    }
}
