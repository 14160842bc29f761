using System.Globalization;
using System.Numerics;

namespace AirHil.Lua.Values;

/// <summary>Numbers as C's printf prints them: exact, rounded half to even, glibc's spelling of inf and nan.</summary>
internal static class NumberPrintf
{
    private const int DefaultPrecision = 6;

    /// <summary>A float under f, F, e, E, g, G, a or A.</summary>
    public static string FormatFloat(in NumberFormat format, double value)
    {
        var negative = BitConverter.DoubleToInt64Bits(value) < 0;
        var magnitude = Math.Abs(value);
        if (!double.IsFinite(value))
        {
            var name = double.IsNaN(value) ? "nan" : "inf";
            var plain = format with { Flags = format.Flags & ~NumberFormatFlags.Zero };
            return Pad(format.SignOf(negative), format.IsUpper ? name.ToUpperInvariant() : name, plain);
        }

        var precision = format.Precision < 0 ? DefaultPrecision : format.Precision;
        var alternate = format.Has(NumberFormatFlags.Alternate);
        var body = char.ToLowerInvariant(format.Conversion) switch
        {
            'f' => Fixed(magnitude, precision, alternate),
            'e' => Exponential(magnitude, precision, alternate),
            'g' => General(magnitude, precision, alternate),
            'a' => Hexadecimal(magnitude, format.Precision, alternate),
            _ => throw new ArgumentException($"'{format.Conversion}' does not convert a float", nameof(format)),
        };
        if (format.IsUpper) body = body.ToUpperInvariant();
        var sign = format.SignOf(negative);
        if (char.ToLowerInvariant(format.Conversion) != 'a') return Pad(sign, body, format);
        return Pad(sign + body[..2], body[2..], format); // zero fill goes behind 0x
    }

    /// <summary>An integer of 32 or 64 bits under d, i, u, o, x or X.</summary>
    public static string FormatInteger(in NumberFormat format, long value, int bits)
    {
        var signed = format.Conversion is 'd' or 'i';
        var magnitude = signed ? (value < 0 ? 0UL - (ulong)value : (ulong)value)
            : bits == 32 ? (uint)value : (ulong)value;
        var numberBase = format.Conversion switch { 'x' or 'X' => 16, 'o' => 8, _ => 10 };
        var digits = magnitude == 0 && format.Precision == 0
            ? "" : NumberDigits.Of(magnitude, numberBase, format.IsUpper);
        digits = digits.PadLeft(Math.Max(0, format.Precision), '0');
        var prefix = signed ? format.SignOf(value < 0) : "";
        if (format.Has(NumberFormatFlags.Alternate))
        {
            if (numberBase == 16 && magnitude != 0) prefix = format.IsUpper ? "0X" : "0x";
            if (numberBase == 8 && !digits.StartsWith('0')) digits = "0" + digits;
        }

        // A precision switches zero fill off.
        return Pad(prefix, digits,
            format.Precision < 0 ? format : format with { Flags = format.Flags & ~NumberFormatFlags.Zero });
    }

    /// <summary><c>%.{digits}g</c> without flags, for digits up to 15: what <c>tostring</c> uses.</summary>
    internal static string General(double value, int digits)
    {
        // Small whole numbers are common and need no exact arithmetic.
        if (value is > -1e9 and < 1e9 && value == Math.Floor(value) && value != 0)
        {
            var whole = ((long)value).ToString(CultureInfo.InvariantCulture);
            if (whole.Length <= digits) return whole;
        }

        return FormatFloat(new NumberFormat('g', Precision: digits), value);
    }

    private static string Pad(string prefix, string body, in NumberFormat format)
    {
        var width = format.Width;
        if (format.Has(NumberFormatFlags.LeftAlign)) return (prefix + body).PadRight(width);
        if (format.Has(NumberFormatFlags.Zero)) return prefix + body.PadLeft(Math.Max(0, width - prefix.Length), '0');
        return (prefix + body).PadLeft(width);
    }

    private static string Fixed(double value, int precision, bool alternate)
    {
        var digits = Scaled(value, precision).ToString(CultureInfo.InvariantCulture).PadLeft(precision + 1, '0');
        var whole = digits[..^precision];
        return precision > 0 ? whole + "." + digits[^precision..] : alternate ? whole + "." : whole;
    }

    private static string Exponential(double value, int precision, bool alternate)
    {
        var (digits, exponent) = Significant(value, precision + 1);
        var mantissa = precision > 0 ? digits[..1] + "." + digits[1..] : alternate ? digits + "." : digits;
        return mantissa + ExponentText('e', exponent, 2);
    }

    private static string General(double value, int precision, bool alternate)
    {
        precision = Math.Max(precision, 1);
        var (digits, exponent) = Significant(value, precision);
        if (!alternate) digits = digits[..1] + digits[1..].TrimEnd('0');
        if (exponent < -4 || exponent >= precision)
        {
            var mantissa = digits.Length > 1 || alternate ? digits[..1] + "." + digits[1..] : digits;
            return mantissa + ExponentText('e', exponent, 2);
        }

        if (exponent < 0) return "0." + new string('0', -exponent - 1) + digits;
        digits = digits.PadRight(exponent + 1, '0');
        var whole = digits[..(exponent + 1)];
        return digits.Length > whole.Length || alternate ? whole + "." + digits[whole.Length..] : whole;
    }

    private static string Hexadecimal(double value, int precision, bool alternate)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = bits & ((1UL << 52) - 1);
        if (value == 0) exponent = 0;
        else if (exponent == -1023) exponent = -1022; // glibc leaves subnormals unnormalised: 0x0.…p-1022
        else mantissa |= 1UL << 52;

        if (precision is >= 0 and < 13)
        {
            var drop = 4 * (13 - precision);
            var half = 1UL << (drop - 1);
            var rest = mantissa & ((1UL << drop) - 1);
            mantissa >>= drop;
            if (rest > half || (rest == half && (mantissa & 1) == 1)) mantissa++;
            mantissa <<= drop;
        }

        var digits = (mantissa & ((1UL << 52) - 1)).ToString("x13", CultureInfo.InvariantCulture);
        digits = precision < 0 ? digits.TrimEnd('0') : digits.PadRight(precision, '0')[..precision];
        var point = digits.Length > 0 || alternate ? "." : "";
        var lead = (mantissa >> 52).ToString(CultureInfo.InvariantCulture);
        return "0x" + lead + point + digits + ExponentText('p', exponent, 1);
    }

    private static string ExponentText(char letter, int exponent, int digits) =>
        letter + (exponent < 0 ? "-" : "+") +
        Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');

    /// <summary>
    /// The first <paramref name="count"/> significant digits, rounded, and the decimal exponent of the first.
    /// </summary>
    private static (string Digits, int Exponent) Significant(double value, int count)
    {
        if (value == 0) return (new string('0', count), 0);
        var exponent = (int)Math.Floor(Math.ILogB(value) * 0.30103);
        while (true)
        {
            var digits = Scaled(value, count - 1 - exponent).ToString(CultureInfo.InvariantCulture);
            if (digits.Length == count && digits[0] != '0')
            {
                // A power of ten may be the carry of an exponent that was estimated one too high.
                if (digits[0] != '1' || digits.AsSpan(1).ContainsAnyExcept('0')) return (digits, exponent);
                var finer = Scaled(value, count - exponent).ToString(CultureInfo.InvariantCulture);
                return finer.Length == count ? (finer, exponent - 1) : (digits, exponent);
            }

            exponent += digits.Length > count ? 1 : -1; // the estimate was off by one, or the rounding carried
        }
    }

    /// <summary>value × 10^decimals, rounded half to even; exact for any finite value of 0 or more.</summary>
    private static BigInteger Scaled(double value, int decimals)
    {
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var raw = (int)(bits >> 52) & 0x7FF;
        BigInteger numerator = (bits & ((1UL << 52) - 1)) | (raw == 0 ? 0 : 1UL << 52);
        var exponent = Math.Max(raw, 1) - 1075;
        var denominator = BigInteger.One;
        if (decimals >= 0) numerator *= BigInteger.Pow(10, decimals);
        else denominator = BigInteger.Pow(10, -decimals);
        if (exponent >= 0) numerator <<= exponent;
        else denominator <<= -exponent;
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = (rest << 1).CompareTo(denominator);
        return twice > 0 || (twice == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }
}
