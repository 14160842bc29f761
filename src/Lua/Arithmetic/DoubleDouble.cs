namespace AirHil.Lua.Arithmetic;

/// <summary>
/// A number of about 106 bits: the unevaluated sum of two doubles, the second at most half a unit in the last place of
/// the first. Only additions, multiplications, divisions and square roots of IEEE 754 are used, which every processor
/// rounds alike. (Dekker 1971; Hida, Li and Bailey 2001.)
/// </summary>
internal readonly struct DoubleDouble
{
    /// <summary>2^27 + 1 splits a double into two halves whose products are exact.</summary>
    private const double Splitter = 134217729;

    private DoubleDouble(double high, double low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The number, rounded to a double.</summary>
    public double High { get; }

    /// <summary>What the rounding left out.</summary>
    public double Low { get; }

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = Sum(a.High, b.High);
        var low = Sum(a.Low, b.Low);
        var sum = Ordered(high.High, high.Low + low.High);
        return Ordered(sum.High, sum.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = Product(a.High, b.High);
        return Ordered(product.High, product.Low + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - b * first;
        var second = rest.High / b.High;
        rest -= b * second;
        return Ordered(first, second) + rest.High / b.High;
    }

    /// <summary>The square root of a number of 0 or more.</summary>
    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (a.High == 0) return 0;
        var root = Math.Sqrt(a.High);
        return root + (a - Product(root, root)) / (2 * root);
    }

    /// <summary>The exact sum of two doubles.</summary>
    public static DoubleDouble Sum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
    }

    /// <summary>The exact product of two doubles whose magnitudes are below 2^995.</summary>
    public static DoubleDouble Product(double a, double b)
    {
        var product = a * b;
        var (aHigh, aLow) = Split(a);
        var (bHigh, bLow) = Split(b);
        return new DoubleDouble(product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow);
    }

    /// <summary>Times a power of two, as long as no bit is lost.</summary>
    public DoubleDouble Scaled(double powerOfTwo) => new(High * powerOfTwo, Low * powerOfTwo);

    /// <summary>The number times 2^<paramref name="exponent"/>, rounded once, to a subnormal number too.</summary>
    public double Rounded(int exponent)
    {
        if (High == 0 || Math.ILogB(High) + exponent >= -1022) return Math.ScaleB(High, exponent);
        // One unit of the result is 2^-1074. A sum of 2^52 units and less than 2^52 more rounds at this unit.
        var unit = Math.CopySign(Math.ScaleB(1, 52 - 1074 - exponent), High);
        if (!double.IsFinite(unit)) return Math.CopySign(0, High);
        var sum = Sum(unit, High);
        return Math.ScaleB(sum.High + (sum.Low + Low) - unit, exponent);
    }

    private static DoubleDouble Ordered(double large, double small)
    {
        var sum = large + small;
        return new DoubleDouble(sum, small - (sum - large));
    }

    private static (double High, double Low) Split(double value)
    {
        var scaled = Splitter * value;
        var high = scaled - (scaled - value);
        return (high, value - high);
    }
}
