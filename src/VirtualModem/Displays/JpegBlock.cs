namespace AirHil.VirtualModem.Displays;

/// <summary>
/// Eight by eight values of a picture: the inverse cosine transform by Arai, Agui and Nakajima, in whole numbers with
/// the places and roundings of TJpgDec (L:components/tjpgd/tjpgd.c).
/// </summary>
internal static class JpegBlock
{
    public const int Size = 64;
    private const int Places = 12;
    private const int ScaleOne = 8192;
    private const int Middle = 128 << 8;
    private const int Root2 = (int)(1.41421 * 4096);
    private const int Turn1 = (int)(1.08239 * 4096);
    private const int Turn2 = (int)(2.61313 * 4096);
    private const int Turn3 = (int)(1.84776 * 4096);

    /// <summary>cos(i π / 16) √2, the first one 1.</summary>
    private static readonly double[] Cosines =
    [
        1, 1.3870398453221475, 1.3065629648763766, 1.1758756024193588, 1, 0.7856949583871022, 0.5411961001461971,
        0.2758993792829431,
    ];

    /// <summary>Where each value of a file's order stands in the block.</summary>
    public static byte[] Order { get; } = Diagonals();

    /// <summary>What the transform wants the values multiplied with, by place, 8192 for one.</summary>
    public static int[] Scales { get; } = [.. Enumerable.Range(0, Size).Select(Scale)];

    /// <summary>The brightness at each place; it may leave 0 to 255.</summary>
    public static void Transform(Span<int> block, Span<short> result)
    {
        for (var column = 0; column < 8; column++) Line(block[column..], 8);
        for (var row = 0; row < 8; row++)
        {
            var line = block.Slice(row * 8, 8);
            line[0] += Middle;
            Line(line, 1);
            for (var i = 0; i < 8; i++) result[(row * 8) + i] = unchecked((short)(line[i] >> 8));
        }
    }

    /// <summary>Transforms eight values that lie so far apart.</summary>
    private static void Line(Span<int> at, int step)
    {
        unchecked
        {
            var (sum, difference) = (at[0] + at[4 * step], at[0] - at[4 * step]);
            var outer = at[2 * step] + at[6 * step];
            var inner = (((at[2 * step] - at[6 * step]) * Root2) >> Places) - outer;
            var (even0, even3) = (sum + outer, sum - outer);
            var (even1, even2) = (difference + inner, difference - inner);
            var (a, b) = (at[step] - at[7 * step], at[step] + at[7 * step]);
            var (c, d) = (at[5 * step] - at[3 * step], at[5 * step] + at[3 * step]);
            var both = ((a + c) * Turn3) >> Places;
            var odd0 = d + b;
            var odd1 = both - ((c * Turn2) >> Places) - odd0;
            var odd2 = (((b - d) * Root2) >> Places) - odd1;
            var odd3 = both - ((a * Turn1) >> Places) - odd2;
            (at[0], at[7 * step]) = (even0 + odd0, even0 - odd0);
            (at[step], at[6 * step]) = (even1 + odd1, even1 - odd1);
            (at[2 * step], at[5 * step]) = (even2 + odd2, even2 - odd2);
            (at[3 * step], at[4 * step]) = (even3 + odd3, even3 - odd3);
        }
    }

    /// <summary>The product of two scales; those of the places 10 and 17 are one too large.</summary>
    private static int Scale(int place) =>
        (int)(Cosines[place / 8] * Cosines[place % 8] * ScaleOne) + (place is 10 or 17 ? 1 : 0);

    private static byte[] Diagonals()
    {
        var order = new byte[Size];
        var i = 0;
        for (var sum = 0; sum < 15; sum++)
        {
            for (var k = Math.Max(0, sum - 7); k <= Math.Min(sum, 7); k++)
            {
                var (row, column) = sum % 2 == 0 ? (sum - k, k) : (k, sum - k);
                order[i++] = (byte)((row * 8) + column);
            }
        }

        return order;
    }
}
