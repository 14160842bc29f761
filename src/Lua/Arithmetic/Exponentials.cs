using System.Numerics;

namespace AirHil.Lua.Arithmetic;

/// <summary>
/// exp, log, pow and the hyperbolic functions, computed with 100 bits and rounded once. Results are the same on every
/// processor, which those of a C library are not; special cases are those of C99, appendix F.
/// </summary>
internal static class Exponentials
{
    private const double HalfRoot = 0.70710678118654752440;

    /// <summary>Above it e^x has no finite double (709.78…), below the negative of it none but 0 (−745.13…).</summary>
    private const double LargestExponent = 746;

    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > LargestExponent) return x > 0 ? double.PositiveInfinity : 0;
        var (value, exponent) = Exp((DoubleDouble)x);
        return value.Rounded(exponent);
    }

    public static double Log(double x) => x is > 0 and < double.PositiveInfinity ? LogOf(x).High : LogOfSpecial(x);

    public static double Log2(double x)
    {
        if (x is not (> 0 and < double.PositiveInfinity)) return LogOfSpecial(x);
        var (mantissa, exponent) = Parts(x);
        return (exponent + LogOfMantissa(mantissa) / Constants.Ln2).High;
    }

    public static double Log10(double x) =>
        x is > 0 and < double.PositiveInfinity ? (LogOf(x) / Constants.Ln10).High : LogOfSpecial(x);

    public static double Sinh(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return x;
        if (Math.Abs(x) > LargestExponent) return Math.CopySign(double.PositiveInfinity, x);
        if (Math.Abs(x) < 0.5) return SinhSeries(x).High;
        var (value, exponent) = HyperbolicOf(x, -1);
        return Math.CopySign(value.Rounded(exponent), x);
    }

    public static double Cosh(double x)
    {
        if (double.IsNaN(x)) return x;
        if (Math.Abs(x) > LargestExponent) return double.PositiveInfinity;
        var (value, exponent) = HyperbolicOf(x, 1);
        return value.Rounded(exponent);
    }

    public static double Tanh(double x)
    {
        if (x == 0 || double.IsNaN(x)) return x;
        if (Math.Abs(x) > 40) return Math.CopySign(1, x);
        var series = Math.Abs(x) < 0.5;
        var (sinh, up) = series ? (SinhSeries(x), 0) : HyperbolicOf(x, -1);
        var (cosh, down) = HyperbolicOf(x, 1);
        var value = (sinh / cosh).Rounded(up - down);
        return series ? value : Math.CopySign(value, x);
    }

    public static double Pow(double x, double y)
    {
        if (y == 2) return x * x;
        if (Special(x, y) is { } special) return special;
        var negative = x < 0 && IsOdd(y);
        var magnitude = Math.Abs(x);
        if (Product(magnitude, y) is { } product) return Signed(product, negative);
        var (mantissa, two) = Parts(magnitude);
        if (mantissa == 1 && DoubleDouble.Product(two, y) is { Low: 0 } power && Math.Abs(power.High) < 4096
            && power.High == Math.Truncate(power.High))
        {
            return Signed(((DoubleDouble)1).Rounded((int)power.High), negative);
        }

        // Which side of the range it is on comes first, since products of huge numbers are not exact.
        var logarithm = LogOf(magnitude);
        var rough = y * logarithm.High;
        if (Math.Abs(rough) > LargestExponent) return Signed(rough > 0 ? double.PositiveInfinity : 0, negative);
        if (Math.Abs(rough) < 1e-30) return Signed(1, negative);
        var (value, exponent) = Exp(logarithm * y);
        var exact = exponent < -1018 || IsNearMiddle(value) ? ExactPower(magnitude, y) : null;
        return Signed(exact ?? value.Rounded(exponent), negative);
    }

    /// <summary>
    /// x^y as a product, for y = n / 2 with a small n and numbers that are not huge or tiny: the powers that scripts
    /// use most, several times as fast as by logarithms. Null: y or x is another number.
    /// </summary>
    private static double? Product(double x, double y)
    {
        var twice = 2 * Math.Abs(y);
        if (twice > 64 || twice != Math.Truncate(twice) || (Math.Abs(Math.ILogB(x)) + 1) * twice > 1800) return null;
        // IEEE 754 rounds one operation as exactly.
        if (y == 2) return x * x;
        if (y == 0.5) return Math.Sqrt(x);
        var power = (int)twice >> 1;
        DoubleDouble product = ((int)twice & 1) == 0 ? 1 : DoubleDouble.Sqrt(x);
        for (DoubleDouble factor = x; power > 0; power >>= 1)
        {
            if ((power & 1) != 0) product *= factor;
            if (power > 1) factor *= factor;
        }

        if (y < 0) product = (DoubleDouble)1 / product;
        return IsNearMiddle(product) ? ExactPower(x, y) ?? product.High : product.High;
    }

    /// <summary>e^x as a number near 1 and a power of two.</summary>
    private static (DoubleDouble Value, int Exponent) Exp(DoubleDouble x)
    {
        var exponent = Math.Round(x.High / Constants.Ln2.High);
        var rest = (x - Constants.Ln2 * exponent).Scaled(1.0 / 256);
        DoubleDouble sum = Constants.InverseFactorials[11];
        for (var n = 10; n >= 1; n--) sum = sum * rest + Constants.InverseFactorials[n];
        sum *= rest;
        // e^2r − 1 = 2 (e^r − 1) + (e^r − 1)².
        for (var i = 0; i < 8; i++) sum = sum.Scaled(2) + sum * sum;
        return (sum + 1, (int)exponent);
    }

    /// <summary>The natural logarithm of a finite number above 0.</summary>
    private static DoubleDouble LogOf(double x)
    {
        var (mantissa, exponent) = Parts(x);
        return LogOfMantissa(mantissa) + Constants.Ln2 * exponent;
    }

    /// <summary>2 artanh((m − 1) / (m + 1)) for √½ ≤ m ≤ √2.</summary>
    private static DoubleDouble LogOfMantissa(double mantissa)
    {
        var s = DoubleDouble.Sum(mantissa, -1) / DoubleDouble.Sum(mantissa, 1);
        var square = s * s;
        DoubleDouble sum = 0;
        for (var n = 45; n >= 1; n -= 2) sum = sum * square + (DoubleDouble)1 / n;
        return (s * sum).Scaled(2);
    }

    private static double LogOfSpecial(double x) => x switch
    {
        0 => double.NegativeInfinity,
        < 0 => double.NaN,
        _ => x,
    };

    /// <summary>x = m 2^e with √½ ≤ m ≤ √2, for a finite number above 0.</summary>
    private static (double Mantissa, int Exponent) Parts(double x)
    {
        var exponent = Math.ILogB(x);
        var mantissa = Math.ScaleB(x, -exponent);
        return mantissa > 2 * HalfRoot ? (mantissa / 2, exponent + 1) : (mantissa, exponent);
    }

    /// <summary>(e^|x| ± e^−|x|) / 2 as a number and a power of two.</summary>
    private static (DoubleDouble Value, int Exponent) HyperbolicOf(double x, int sign)
    {
        var (value, exponent) = Exp((DoubleDouble)Math.Abs(x));
        if (exponent > 60) return (value, exponent - 1);
        var other = (DoubleDouble)1 / value;
        return (value + other.Scaled(sign * Math.ScaleB(1, -2 * exponent)), exponent - 1);
    }

    private static DoubleDouble SinhSeries(double x)
    {
        if (Math.Abs(x) < 1e-150) return x;
        var square = DoubleDouble.Product(x, x);
        DoubleDouble sum = 0;
        for (var n = 23; n >= 1; n -= 2) sum = sum * square + Constants.InverseFactorials[n];
        return sum * x;
    }

    /// <summary>The cases of C99 F.9.4.4; null: both numbers are finite, x is not 0 and y neither.</summary>
    private static double? Special(double x, double y)
    {
        if (y == 0 || x == 1) return 1;
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        if (double.IsInfinity(y))
        {
            var magnitude = Math.Abs(x);
            if (magnitude == 1) return 1;
            return magnitude > 1 == y > 0 ? double.PositiveInfinity : 0;
        }

        if (x == 0 || double.IsInfinity(x))
        {
            return Signed(x == 0 == y < 0 ? double.PositiveInfinity : 0, double.IsNegative(x) && IsOdd(y));
        }

        return x < 0 && y != Math.Truncate(y) ? double.NaN : null;
    }

    private static bool IsOdd(double y) => Math.Abs(y) < 9007199254740992 && y == Math.Truncate(y) && y % 2 != 0;

    private static double Signed(double value, bool negative) => negative ? -value : value;

    /// <summary>Whether a number is so near the middle of two doubles that 100 bits may not round it.</summary>
    private static bool IsNearMiddle(DoubleDouble value)
    {
        var half = (Math.BitIncrement(value.High) - value.High) / 2;
        var low = Math.Abs(value.Low);
        return Math.Abs(low - half) < half * 1e-12 || Math.Abs(low - half / 2) < half * 1e-12;
    }

    /// <summary>
    /// x^y by integers, rounded half to even. Only such a power can be the exact middle of two doubles: y = n / 2^j
    /// with a small n, and x a number with an exact 2^j-th root. Null: it is no such power.
    /// </summary>
    private static double? ExactPower(double x, double y)
    {
        while (y != Math.Truncate(y))
        {
            var root = Math.Sqrt(x);
            if (DoubleDouble.Product(root, root) is not { Low: 0 } square || square.High != x) return null;
            (x, y) = (root, 2 * y);
        }

        if (y is < 0 or > 64) return null;
        var exponent = Math.ILogB(x) - 52;
        var mantissa = (BigInteger)Math.ScaleB(x, -exponent);
        for (; mantissa.IsEven; exponent++) mantissa >>= 1;
        return Rounded(BigInteger.Pow(mantissa, (int)y), exponent * (int)y);
    }

    /// <summary>n 2^e as a double, rounded half to even.</summary>
    private static double Rounded(BigInteger n, int exponent)
    {
        var unit = Math.Max(exponent + (int)n.GetBitLength() - 53, -1074);
        var cut = unit - exponent;
        if (cut <= 0) return Math.ScaleB((double)n, exponent);
        var whole = n >> cut;
        var twice = (n - (whole << cut)) << 1;
        var one = BigInteger.One << cut;
        if (twice > one || (twice == one && !whole.IsEven)) whole++;
        return Math.ScaleB((double)whole, unit);
    }
}
