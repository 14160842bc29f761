using System.Globalization;
using System.Text;

namespace AirHil.Lua.Values;

/// <summary>
/// Numbers as the small printf of V1112 prints them (reference §1.2): <c>%g</c> keeps its trailing zeros, powers of ten
/// are estimated (so a mantissa may read 10 or 0.99), large numbers under <c>%f</c> turn exponential, and at most
/// nine decimals are computed. The same text is in <c>tostring</c>, <c>string.format</c>, JSON and C-side logs.
/// </summary>
public static class ModulePrintf
{
    /// <summary>Above this magnitude <c>%f</c> prints as <c>%e</c>.</summary>
    private const double LargestFixed = 1e9;

    /// <summary>Decimals beyond this many are zeros.</summary>
    private const int RealDecimals = 9;

    /// <summary>
    /// The digits of one number, zero fill and sign included, never exceed this; what is over is lost.
    /// </summary>
    private const int DigitRoom = 32;

    private const int DefaultPrecision = 6;

    private static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    /// <summary>A float under <c>%.precision</c> and a conversion, without flags and width.</summary>
    public static string FormatFloat(char conversion, int precision, double value) =>
        FormatFloat(new NumberFormat(conversion, Precision: precision), value);

    /// <summary>
    /// A float under f, F, e, E, g or G; any other conversion prints its own letter, as <c>%a</c> does.
    /// </summary>
    public static string FormatFloat(in NumberFormat format, double value) =>
        char.ToLowerInvariant(format.Conversion) switch
        {
            'f' => Fixed(format, value),
            'e' or 'g' => Exponential(format, value, adaptive: char.ToLowerInvariant(format.Conversion) == 'g'),
            _ => format.Conversion.ToString(),
        };

    /// <summary>An integer of 32 or 64 bits under d, i, u, o, x or X.</summary>
    public static string FormatInteger(in NumberFormat format, long value, int bits)
    {
        var signed = format.Conversion is 'd' or 'i';
        var magnitude = signed ? (value < 0 ? 0UL - (ulong)value : (ulong)value)
            : bits == 32 ? (uint)value : (ulong)value;
        var numberBase = format.Conversion switch { 'x' or 'X' => 16, 'o' => 8, _ => 10 };
        var digits =
            magnitude == 0 && format.Precision >= 0 ? "" : NumberDigits.Of(magnitude, numberBase, format.IsUpper);
        var sign = signed ? format.SignOf(value < 0) : "";
        var zeroFill = format.Has(NumberFormatFlags.Zero) && format.Precision < 0;
        var left = format.Has(NumberFormatFlags.LeftAlign);
        var written = digits;
        if (!left) // with '-' it forgets the precision's zeros
        {
            var width = zeroFill && sign.Length > 0 ? format.Width - 1 : format.Width;
            written = ZeroFill(written, Math.Max(format.Precision, zeroFill ? width : 0));
        }

        if (format.Has(NumberFormatFlags.Alternate) && numberBase != 10 && magnitude != 0)
        {
            // It makes room for the prefix by dropping leading characters where the digits just fill the width.
            if (format.Precision < 0 && written.Length > 0 && written.Length == format.Width)
            {
                written = written[Math.Min(written.Length, numberBase == 16 ? 2 : 1)..];
            }

            var prefix = numberBase == 16 ? format.IsUpper ? "0X" : "0x" : "0";
            var room = Math.Clamp(DigitRoom - written.Length, 0, prefix.Length);
            written = prefix[(prefix.Length - room)..] + written;
        }

        return Pad(WithSign(sign, written), format, spacesInFront: !zeroFill);
    }

    private static string Fixed(in NumberFormat format, double value)
    {
        if (double.IsNaN(value)) return Pad("nan", format, SpacesInFront(format));
        if (double.IsInfinity(value))
        {
            var text = value < 0 ? "-inf" : format.Has(NumberFormatFlags.Plus) ? "+inf" : "inf";
            return Pad(text, format, SpacesInFront(format));
        }

        if (Math.Abs(value) > LargestFixed) return Exponential(format, value, adaptive: false);
        var negative = value < 0;
        var precision = format.Precision < 0 ? DefaultPrecision : format.Precision;
        var digits = FixedDigits(Math.Abs(value), precision);
        var sign = format.SignOf(negative);
        if (format.Has(NumberFormatFlags.Zero) && !format.Has(NumberFormatFlags.LeftAlign))
        {
            digits = ZeroFill(digits, sign.Length > 0 ? format.Width - 1 : format.Width);
        }

        return Pad(WithSign(sign, digits), format, SpacesInFront(format));
    }

    /// <summary>
    /// Whole part, point and decimals of a number in 0 … 1e9; the right-most characters win if room is short.
    /// </summary>
    private static string FixedDigits(double value, int precision)
    {
        var zeros = Math.Clamp(precision - RealDecimals, 0, DigitRoom);
        var decimals = Math.Min(precision, RealDecimals);
        var whole = (long)value;
        var scaled = (value - whole) * PowersOfTen[decimals];
        var fraction = (long)scaled;
        var rest = scaled - fraction;
        // A half goes up after an odd digit, but also after a zero.
        if (rest > 0.5 || (rest == 0.5 && (fraction == 0 || (fraction & 1) == 1))) fraction++;
        if (rest > 0.5 && fraction >= (long)PowersOfTen[decimals])
        {
            fraction = 0;
            whole++;
        }

        var text = new StringBuilder();
        if (decimals == 0)
        {
            if (value - whole >= 0.5 && (whole & 1) == 1) whole++;
            text.Append(whole.ToString(CultureInfo.InvariantCulture));
        }
        else if (fraction >= (long)PowersOfTen[decimals])
        {
            // A half rounded up past the last decimal is not carried: its zeros fill the room, 0.95 under %.1f.
            text.Append(fraction.ToString(CultureInfo.InvariantCulture).PadLeft(DigitRoom - zeros, '0'))
                .Append('0', zeros);
        }
        else
        {
            text.Append(whole.ToString(CultureInfo.InvariantCulture)).Append('.');
            text.Append(fraction.ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0'));
            text.Append('0', zeros);
        }

        return text.Length <= DigitRoom ? text.ToString() : text.ToString(text.Length - DigitRoom, DigitRoom);
    }

    private static string Exponential(in NumberFormat format, double value, bool adaptive)
    {
        if (!double.IsFinite(value)) return Fixed(format, value);
        var negative = value < 0;
        value = Math.Abs(value);
        var precision = format.Precision < 0 ? DefaultPrecision : format.Precision;
        var (exponent, power) = EstimatePowerOfTen(value);
        var exponentWidth = exponent is > -100 and < 100 ? 4 : 5;
        if (adaptive)
        {
            if (value is >= 1e-4 and < 1e6)
            {
                precision = precision > exponent ? precision - exponent - 1 : 0;
                exponentWidth = 0;
                exponent = 0;
            }
            else if (precision > 0 && format.Precision >= 0)
            {
                precision--;
            }
        }

        var left = format.Has(NumberFormatFlags.LeftAlign);
        var mantissaWidth = left && exponentWidth > 0 ? 0 : Math.Max(0, format.Width - exponentWidth);
        if (exponent != 0) value /= power;
        var mantissa = Fixed(
            format with { Width = mantissaWidth, Precision = precision }, negative ? -value : value);
        if (exponentWidth == 0) return mantissa;
        var exponentDigits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture).PadLeft(exponentWidth - 2, '0');
        var text = mantissa + (format.IsUpper ? 'E' : 'e') + (exponent < 0 ? '-' : '+') + exponentDigits;
        return left ? text.PadRight(format.Width) : text;
    }

    /// <summary>
    /// The decimal exponent of a number and that power of ten, both as the small printf estimates them: the logarithm
    /// by its tangent at 1.5 (as David Gay's dtoa estimates it), the power as 2^n · e^z with a few terms of the
    /// continued fraction of e^z. The power is off by some 1e-9, which shows: in 64 bits 1e-5 prints as
    /// 0.99999999860000e-05.
    /// </summary>
    private static (int Exponent, double Power) EstimatePowerOfTen(double value)
    {
        const double log10Of2 = 0.301029995663981, log10Of1Point5 = 0.1760912590558, slope = 0.289529654602168;
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var binary = (int)((bits >> 52) & 0x7FF) - 1023;
        var significand = BitConverter.UInt64BitsToDouble((bits & ((1UL << 52) - 1)) | (1023UL << 52));
        var exponent = (int)(log10Of1Point5 + (binary * log10Of2) + ((significand - 1.5) * slope));

        const double log2Of10 = 3.321928094887362, lnOf10 = 2.302585092994046, lnOf2 = 0.6931471805599453;
        var power2 = (int)((exponent * log2Of10) + 0.5);
        var z = (exponent * lnOf10) - (power2 * lnOf2);
        var square = z * z;
        var tail = square / (6 + (square / (10 + (square / 14))));
        var power = BitConverter.UInt64BitsToDouble((ulong)(power2 + 1023) << 52) * (1 + (2 * z / (2 - z + tail)));
        if (value < power)
        {
            exponent--;
            power /= 10;
        }

        return (exponent, power);
    }

    private static bool SpacesInFront(in NumberFormat format) => !format.Has(NumberFormatFlags.Zero);

    private static string ZeroFill(string digits, int width) => digits.PadLeft(Math.Clamp(width, 0, DigitRoom), '0');

    private static string WithSign(string sign, string digits) => digits.Length < DigitRoom ? sign + digits : digits;

    private static string Pad(string text, in NumberFormat format, bool spacesInFront) =>
        format.Has(NumberFormatFlags.LeftAlign) ? text.PadRight(format.Width)
        : spacesInFront ? text.PadLeft(format.Width) : text;
}
