using System.Globalization;
using System.Numerics;

namespace AirHil.Lua.Values;

/// <summary>
/// Reads Lua numerals (manual §3.1 and §3.4.3): what <c>tonumber</c>, the lexer and string arithmetic share.
/// </summary>
internal static class NumberParser
{
    /// <summary>Hexadecimal digits beyond this many no longer change a float, apart from their sticky bit.</summary>
    private const int MaxHexDigits = 30;

    public static bool TryParse(ReadOnlySpan<byte> text, NumberModel model, out LuaValue number)
    {
        text = TrimBlanks(text);
        var body = text;
        var negative = false;
        if (body.Length > 0 && body[0] is (byte)'-' or (byte)'+')
        {
            negative = body[0] == '-';
            body = body[1..];
        }

        if (body.Length > 1 && body[0] == '0' && (body[1] | 0x20) == 'x')
        {
            body = body[2..];
            return TryHexInteger(body, negative, model, out number) || TryHexFloat(body, negative, model, out number);
        }

        return TryDecimalInteger(body, negative, model, out number) || TryDecimalFloat(text, body, model, out number);
    }

    /// <summary>isspace of the C locale.</summary>
    internal static bool IsBlank(byte c) => c is (byte)' ' or (>= 9 and <= 13);

    /// <summary>The value of a digit in bases up to 36, or -1.</summary>
    internal static int DigitValue(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'z' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'Z' => c - 'A' + 10,
        _ => -1,
    };

    internal static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsBlank(text[start])) start++;
        while (end > start && IsBlank(text[end - 1])) end--;
        return text[start..end];
    }

    private static bool TryDecimalInteger(
        ReadOnlySpan<byte> digits, bool negative, NumberModel model, out LuaValue number)
    {
        number = default;
        if (digits.IsEmpty) return false;
        var limit = (ulong)model.MaxInteger + (negative ? 1UL : 0UL);
        ulong value = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit((char)c)) return false;
            var digit = (ulong)(c - '0');
            if (value > (limit - digit) / 10) return false; // too large for an integer: the text is a float
            value = (value * 10) + digit;
        }

        number = model.Integer(negative ? -(long)value : (long)value);
        return true;
    }

    private static bool TryHexInteger(
        ReadOnlySpan<byte> digits, bool negative, NumberModel model, out LuaValue number)
    {
        number = default;
        if (digits.IsEmpty) return false;
        ulong value = 0;
        foreach (var c in digits)
        {
            var digit = DigitValue(c);
            if (digit is < 0 or > 15) return false;
            value = (value << 4) | (uint)digit;
        }

        number = model.Integer(negative ? -(long)value : (long)value);
        return true;
    }

    private static bool TryDecimalFloat(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> body, NumberModel model, out LuaValue number)
    {
        number = default;
        var at = 0;
        var digits = SkipDigits(body, ref at);
        if (at < body.Length && body[at] == '.')
        {
            at++;
            digits += SkipDigits(body, ref at);
        }

        if (digits == 0) return false;
        if (at < body.Length && (body[at] | 0x20) == 'e')
        {
            at++;
            if (at < body.Length && body[at] is (byte)'+' or (byte)'-') at++;
            if (SkipDigits(body, ref at) == 0) return false;
        }

        if (at != body.Length) return false;
        const NumberStyles styles =
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        // Straight to float32 in 32 bits: through a double it would be rounded twice.
        var value = model.Bits == 32
            ? float.Parse(text, styles, CultureInfo.InvariantCulture)
            : double.Parse(text, styles, CultureInfo.InvariantCulture);
        number = LuaValue.Float(value);
        return true;
    }

    private static int SkipDigits(ReadOnlySpan<byte> text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit((char)text[at])) at++;
        return at - start;
    }

    /// <summary>Digits with a point and a binary exponent, without the sign and the 0x.</summary>
    private static bool TryHexFloat(ReadOnlySpan<byte> body, bool negative, NumberModel model, out LuaValue number)
    {
        number = default;
        var mantissa = BigInteger.Zero;
        var exponent = 0L;
        int significant = 0, seen = 0, at = 0;
        bool fraction = false, sticky = false;
        for (; at < body.Length; at++)
        {
            if (body[at] == '.')
            {
                if (fraction) return false;
                fraction = true;
                continue;
            }

            var digit = DigitValue(body[at]);
            if (digit is < 0 or > 15) break;
            seen++;
            if (significant > 0 || digit != 0) significant++;
            if (significant <= MaxHexDigits)
            {
                mantissa = (mantissa << 4) | digit;
                if (fraction) exponent -= 4;
            }
            else
            {
                sticky |= digit != 0;
                if (!fraction) exponent += 4;
            }
        }

        if (seen == 0) return false;
        if (at < body.Length && (body[at] | 0x20) == 'p')
        {
            at++;
            var down = at < body.Length && body[at] == '-';
            if (at < body.Length && body[at] is (byte)'+' or (byte)'-') at++;
            var start = at;
            var power = 0L;
            for (; at < body.Length && char.IsAsciiDigit((char)body[at]); at++)
            {
                power = Math.Min((power * 10) + body[at] - '0', 1L << 40);
            }

            if (at == start) return false;
            exponent += down ? -power : power;
        }

        if (at != body.Length) return false;
        if (sticky) mantissa = (mantissa << 1) | 1;
        var value = ScaleToFloat(mantissa, exponent - (sticky ? 1 : 0), model.Bits);
        number = LuaValue.Float(negative ? -value : value);
        return true;
    }

    /// <summary>mantissa × 2^exponent, rounded once, half to even, to the model's float.</summary>
    private static double ScaleToFloat(BigInteger mantissa, long exponent, int bits)
    {
        if (mantissa.IsZero) return 0;
        var (precision, lowest, highest) = bits == 32 ? (24, -149, 127) : (53, -1074, 1023);
        var length = (long)mantissa.GetBitLength();
        var top = length - 1 + exponent;
        if (top > highest) return double.PositiveInfinity;
        if (top < lowest - 1) return 0;
        var drop = Math.Max(length - precision, lowest - exponent);
        if (drop > 0)
        {
            var shift = (int)drop;
            var kept = mantissa >> shift;
            var rest = mantissa - (kept << shift);
            var half = BigInteger.One << (shift - 1);
            if (rest > half || (rest == half && !kept.IsEven)) kept += 1;
            mantissa = kept;
            exponent += shift;
        }

        // At most 53 bits are left, so the conversion and each of the scalings are exact.
        var value = Math.ScaleB((double)mantissa, (int)exponent);
        return bits == 32 ? (float)value : value;
    }
}
