namespace AirHil.VirtualModem.Firmware.Libraries.Compression;

/// <summary>
/// A canonical code of deflate, with its bits reversed as they are written. Lengths are those that miniz chooses: of
/// two trees of the same cost it takes the one that joins leaves first.
/// </summary>
internal sealed class HuffmanCode
{
    private const int DeepestTree = 32;

    private HuffmanCode(byte[] lengths) => (Lengths, Codes) = (lengths, CodesOf(lengths));

    /// <summary>Bits of each symbol's code; 0: it has none.</summary>
    public byte[] Lengths { get; }

    public int[] Codes { get; }

    public static HuffmanCode OfLengths(byte[] lengths) => new(lengths);

    /// <param name="counts">How often each symbol occurs.</param>
    /// <param name="limit">Bits of the longest code.</param>
    public static HuffmanCode OfCounts(ReadOnlySpan<int> counts, int limit)
    {
        var symbols = new List<(int Count, int Symbol)>();
        for (var i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0) symbols.Add((counts[i], i));
        }

        var sorted = symbols.OrderBy(symbol => symbol.Count).ToArray();
        var perLength = Depths([.. sorted.Select(symbol => symbol.Count)]);
        Limit(perLength, sorted.Length, limit);
        var lengths = new byte[counts.Length];
        var next = sorted.Length;
        for (var length = 1; length <= limit; length++)
        {
            for (var n = perLength[length]; n > 0; n--) lengths[sorted[--next].Symbol] = (byte)length;
        }

        return new HuffmanCode(lengths);
    }

    /// <summary>How many leaves of the best tree lie at each depth.</summary>
    /// <param name="counts">In rising order.</param>
    private static int[] Depths(int[] counts)
    {
        var perLength = new int[DeepestTree + 1];
        if (counts.Length < 2)
        {
            perLength[1] = counts.Length;
            return perLength;
        }

        // Nodes: the leaves, then what was joined, in the order in which it was.
        var weights = new int[(2 * counts.Length) - 1];
        var parents = new int[weights.Length];
        counts.CopyTo(weights, 0);
        var (leaf, inner) = (0, counts.Length);
        for (var made = counts.Length; made < weights.Length; made++)
        {
            for (var side = 0; side < 2; side++)
            {
                var takesInner = leaf >= counts.Length || (inner < made && weights[inner] < weights[leaf]);
                var node = takesInner ? inner++ : leaf++;
                weights[made] += weights[node];
                parents[node] = made;
            }
        }

        var depths = new int[weights.Length];
        for (var node = weights.Length - 2; node >= 0; node--)
        {
            depths[node] = depths[parents[node]] + 1;
            if (node < counts.Length) perLength[depths[node]]++;
        }

        return perLength;
    }

    /// <summary>Moves what is too deep up, and makes room for it.</summary>
    private static void Limit(int[] perLength, int symbols, int limit)
    {
        if (symbols <= 1) return;
        for (var i = limit + 1; i < perLength.Length; i++) perLength[limit] += perLength[i];
        var total = 0L;
        for (var i = limit; i > 0; i--) total += (long)perLength[i] << (limit - i);
        for (; total != 1L << limit; total--)
        {
            perLength[limit]--;
            for (var i = limit - 1; i > 0; i--)
            {
                if (perLength[i] == 0) continue;
                perLength[i]--;
                perLength[i + 1] += 2;
                break;
            }
        }
    }

    private static int[] CodesOf(byte[] lengths)
    {
        var perLength = new int[DeflateSymbols.LongestCode + 1];
        foreach (var length in lengths) perLength[length]++;
        var next = new int[DeflateSymbols.LongestCode + 1];
        for (var (length, code) = (2, 0); length < next.Length; length++)
        {
            next[length] = code = (code + perLength[length - 1]) << 1;
        }

        var codes = new int[lengths.Length];
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] is not (> 0 and var length)) continue;
            var code = next[length]++;
            for (var bit = 0; bit < length; bit++) codes[symbol] = (codes[symbol] << 1) | ((code >> bit) & 1);
        }

        return codes;
    }
}
