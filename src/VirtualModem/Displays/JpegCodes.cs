namespace AirHil.VirtualModem.Displays;

/// <summary>A table of Huffman codes: how many codes each length has, and what they stand for.</summary>
internal sealed class JpegCodes
{
    private const int Lengths = 16;
    private readonly byte[] _counts;
    private readonly byte[] _values;

    /// <param name="counts">How many codes have 1 to 16 bits.</param>
    /// <param name="values">What the codes stand for, in their order.</param>
    public JpegCodes(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> values) =>
        (_counts, _values) = (counts.ToArray(), values.ToArray());

    /// <summary>The value of the code that 16 bits begin with, and its length; a length of 0: there is none.</summary>
    public (byte Value, int Length) Find(uint bits)
    {
        var (code, index) = (0u, 0);
        for (var length = 1; length <= Lengths; length++)
        {
            // The decoder counts codes in 16 bits; more than a length can have are never found.
            var offset = (bits >> (Lengths - length)) - code;
            int count = _counts[length - 1];
            if (offset < count) return (_values[index + (int)offset], length);
            index += count;
            code = (code + (uint)count) << 1;
        }

        return default;
    }
}
