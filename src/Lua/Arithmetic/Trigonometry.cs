using System.Numerics;

namespace AirHil.Lua.Arithmetic;

/// <summary>
/// sin, cos, tan and their inverses, computed with 100 bits and rounded once. Results are the same on every processor,
/// which those of a C library are not; special cases are those of C99, appendix F.
/// </summary>
internal static class Trigonometry
{
    /// <summary>Up to here the quarter turn is subtracted in pieces; beyond, integers reduce the argument.</summary>
    private const double MostSmall = 1 << 20;

    private static readonly DoubleDouble Quarter = Constants.HalfPi;

    /// <summary>π/2 with 159 bits.</summary>
    private static readonly double[] QuarterPieces = Constants.HalfPiPieces(3);

    public static double Sin(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return x == 0 ? x : double.NaN;
        var (rest, turn) = Reduced(x);
        return Signed((turn & 1) == 0 ? SinOf(rest) : CosOf(rest), turn > 1).High;
    }

    public static double Cos(double x)
    {
        if (!double.IsFinite(x)) return double.NaN;
        var (rest, turn) = Reduced(x);
        return Signed((turn & 1) == 0 ? CosOf(rest) : SinOf(rest), turn is 1 or 2).High;
    }

    public static double Tan(double x)
    {
        if (x == 0 || !double.IsFinite(x)) return x == 0 ? x : double.NaN;
        if (Math.Abs(x) < 1e-150) return x;
        var (rest, turn) = Reduced(x);
        return ((turn & 1) == 0 ? SinOf(rest) / CosOf(rest) : -CosOf(rest) / SinOf(rest)).High;
    }

    public static double Asin(double x) => Math.Abs(x) switch
    {
        <= 1e-150 => x,
        1 => Math.CopySign(Quarter.High, x),
        < 1 => AngleOf(x, OtherLeg(x)).High,
        _ => double.NaN,
    };

    public static double Acos(double x) => Math.Abs(x) switch
    {
        <= 1e-150 => Quarter.High,
        1 => x > 0 ? 0 : 2 * Quarter.High,
        < 1 => AngleOf(OtherLeg(x), x).High,
        _ => double.NaN,
    };

    /// <summary>The angle of the point (x, y).</summary>
    public static double Atan2(double y, double x)
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return double.NaN;
        if (y == 0) return double.IsNegative(x) ? Math.CopySign(2 * Quarter.High, y) : y;
        if (x == 0) return Math.CopySign(Quarter.High, y);
        if (double.IsInfinity(y))
        {
            return Math.CopySign(
                double.IsInfinity(x) ? (Quarter.Scaled(x > 0 ? 0.5 : 1.5)).High : Quarter.High, y);
        }

        if (double.IsInfinity(x)) return Math.CopySign(x > 0 ? 0 : 2 * Quarter.High, y);
        var scale = Math.ILogB(y) - Math.ILogB(x);
        if (scale > 120) return Math.CopySign(Quarter.High, y);
        if (scale < -120) return x > 0 ? y / x : Math.CopySign(2 * Quarter.High, y);
        // Both near 1: products stay in range.
        var common = -Math.ILogB(x);
        return AngleOf(Math.ScaleB(y, common), (DoubleDouble)Math.ScaleB(x, common)).High;
    }

    /// <summary>x less the nearest multiple of π/2, and that multiple modulo 4.</summary>
    private static (DoubleDouble Left, int Turn) Reduced(double x)
    {
        if (Math.Abs(x) < 0.785) return (x, 0);
        if (Math.Abs(x) > MostSmall) return ReducedByIntegers(x);
        var turns = Math.Round(x / Quarter.High);
        DoubleDouble rest = x;
        foreach (var piece in QuarterPieces) rest -= DoubleDouble.Product(turns, piece);
        // Near a multiple too many digits cancel.
        return Math.Abs(rest.High) > 1e-6 ? (rest, (int)turns & 3) : ReducedByIntegers(x);
    }

    private static (DoubleDouble Left, int Turn) ReducedByIntegers(double x)
    {
        var exponent = Math.ILogB(x) - 52;
        var turns = (BigInteger)Math.ScaleB(x, -exponent) * Constants.TwoOverPi;
        var bits = Constants.PiBits - exponent;
        var whole = (turns + (BigInteger.One << (bits - 1))) >> bits;
        return (Constants.FromFixed(turns - (whole << bits), bits) * Quarter, (int)(whole & 3));
    }

    /// <summary>Σ (−1)^k r^(2k + 1) / (2k + 1)! for |r| ≤ π/4.</summary>
    private static DoubleDouble SinOf(DoubleDouble r)
    {
        if (Math.Abs(r.High) < 1e-150) return r;
        var square = -(r * r);
        DoubleDouble sum = 0;
        for (var n = 29; n >= 1; n -= 2) sum = sum * square + Constants.InverseFactorials[n];
        return sum * r;
    }

    private static DoubleDouble CosOf(DoubleDouble r)
    {
        var square = -(r * r);
        DoubleDouble sum = 0;
        for (var n = 28; n >= 0; n -= 2) sum = sum * square + Constants.InverseFactorials[n];
        return sum;
    }

    /// <summary>√(1 − x²).</summary>
    private static DoubleDouble OtherLeg(double x) =>
        DoubleDouble.Sqrt(DoubleDouble.Sum(1, -x) * DoubleDouble.Sum(1, x));

    /// <summary>The angle of a point whose coordinates are not 0 and not far from 1.</summary>
    private static DoubleDouble AngleOf(DoubleDouble y, DoubleDouble x)
    {
        var (up, right) = (Signed(y, y.High < 0), Signed(x, x.High < 0));
        var steep = up.High > right.High;
        var angle = ArcTangent(steep ? right / up : up / right);
        if (steep) angle = Quarter - angle;
        if (x.High < 0) angle = Quarter.Scaled(2) - angle;
        return Signed(angle, y.High < 0);
    }

    /// <summary>
    /// The arc tangent of 0 &lt; t ≤ 1: a first value of 35 bits by halving the angle twice, and the tangent of what is
    /// left.
    /// </summary>
    private static DoubleDouble ArcTangent(DoubleDouble t)
    {
        if (t.High < 1e-35) return t;
        var half = t.High / (1 + Math.Sqrt(1 + t.High * t.High));
        var quarter = half / (1 + Math.Sqrt(1 + half * half));
        var series = 0.0;
        for (var n = 13; n >= 1; n -= 2) series = 1.0 / n - series * quarter * quarter;
        var first = 4 * quarter * series;
        var (sin, cos) = (SinOf(first), CosOf(first));
        var rest = (t * cos - sin) / (cos + t * sin);
        var square = rest * rest;
        return rest - rest * square / 3 + first;
    }

    private static DoubleDouble Signed(DoubleDouble value, bool negative) => negative ? -value : value;
}
