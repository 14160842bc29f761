using System.Numerics;

namespace AirHil.Lua.Arithmetic;

/// <summary>Constants with more digits than a double holds, computed once from integers.</summary>
internal static class Constants
{
    /// <summary>Fraction bits of <see cref="TwoOverPi"/>: enough to reduce the largest double.</summary>
    public const int PiBits = 1400;

    /// <summary>Reciprocals of factorials: element n is 1/n!.</summary>
    public static readonly DoubleDouble[] InverseFactorials = Factorials(30);

    private static readonly BigInteger PiFixed =
        16 * ArcTangentOfInverse(5, PiBits + 64) - 4 * ArcTangentOfInverse(239, PiBits + 64);

    /// <summary>2/π with <see cref="PiBits"/> fraction bits.</summary>
    public static readonly BigInteger TwoOverPi = (BigInteger.One << (2 * PiBits + 64 + 1)) / PiFixed;

    /// <summary>π/2.</summary>
    public static readonly DoubleDouble HalfPi = FromFixed(PiFixed, PiBits + 64 + 1);

    /// <summary>ln 2 = 2 artanh(1/3).</summary>
    public static readonly DoubleDouble Ln2 = FromFixed(2 * AreaTangentOfInverse(3, 256), 256);

    /// <summary>ln 10 = 3 ln 2 + 2 artanh(1/9).</summary>
    public static readonly DoubleDouble Ln10 =
        FromFixed(6 * AreaTangentOfInverse(3, 256) + 2 * AreaTangentOfInverse(9, 256), 256);

    /// <summary>π/2 as a sum of so many doubles.</summary>
    public static double[] HalfPiPieces(int count)
    {
        var pieces = new double[count];
        var (rest, fractionBits) = (PiFixed, PiBits + 64 + 1);
        for (var i = 0; i < count; i++)
        {
            var cut = (int)rest.GetBitLength() - 53;
            var piece = rest >> cut;
            pieces[i] = Math.ScaleB((double)piece, cut - fractionBits);
            rest -= piece << cut;
        }

        return pieces;
    }

    /// <summary>A fixed-point number as a double-double.</summary>
    public static DoubleDouble FromFixed(BigInteger value, int fractionBits)
    {
        if (value.IsZero) return 0;
        // 53 bits at a time, which a double holds.
        var excess = (int)BigInteger.Abs(value).GetBitLength() - 159;
        if (excess > 0)
        {
            value >>= excess;
            fractionBits -= excess;
        }

        DoubleDouble sum = 0;
        for (var shift = 106; shift >= 0; shift -= 53)
        {
            var piece = value >> shift;
            value -= piece << shift;
            sum += Math.ScaleB((double)piece, shift - fractionBits);
        }

        return sum;
    }

    private static BigInteger ArcTangentOfInverse(int n, int bits) => Series(n, bits, -1);

    private static BigInteger AreaTangentOfInverse(int n, int bits) => Series(n, bits, 1);

    /// <summary>Σ (±1)^k / ((2k + 1) n^(2k + 1)).</summary>
    private static BigInteger Series(int n, int bits, int sign)
    {
        const int Guard = 32;
        var power = (BigInteger.One << (bits + Guard)) / n;
        var sum = BigInteger.Zero;
        for (int k = 0, factor = 1; !power.IsZero; k++, factor *= sign)
        {
            sum += factor * power / (2 * k + 1);
            power /= n * n;
        }

        return sum >> Guard;
    }

    private static DoubleDouble[] Factorials(int count)
    {
        var all = new DoubleDouble[count];
        all[0] = 1;
        for (var n = 1; n < count; n++) all[n] = all[n - 1] / n;
        return all;
    }
}
