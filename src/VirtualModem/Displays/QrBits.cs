namespace AirHil.VirtualModem.Displays;

internal enum QrMode
{
    Numeric = 1,
    Alphanumeric = 2,
    Byte = 4,
}

/// <summary>The bits of a QR code's text.</summary>
internal static class QrBits
{
    /// <summary>The mode, the number of characters and the characters; null: there are too many.</summary>
    public static List<bool>? Of(QrMode mode, byte[] text, string alphabet, int version)
    {
        var bits = new List<bool>();
        if (text.Length == 0) return bits;
        var size = version < 10 ? 0 : version < 27 ? 1 : 2;
        var countBits = mode switch
        {
            QrMode.Numeric => 10 + (2 * size),
            QrMode.Alphanumeric => 9 + (2 * size),
            _ => size == 0 ? 8 : 16,
        };
        if (text.Length >= 1 << countBits) return null;
        Append(bits, (int)mode, 4);
        Append(bits, text.Length, countBits);
        switch (mode)
        {
            case QrMode.Numeric:
                foreach (var part in text.Chunk(3))
                {
                    Append(bits, part.Aggregate(0, (n, b) => (n * 10) + b - '0'), (part.Length * 3) + 1);
                }

                break;
            case QrMode.Alphanumeric:
                foreach (var part in text.Chunk(2))
                {
                    Append(bits, part.Aggregate(0, (n, b) => (n * 45) + alphabet.IndexOf((char)b)),
                        part.Length == 2 ? 11 : 6);
                }

                break;
            default:
                foreach (var b in text) Append(bits, b, 8);
                break;
        }

        return bits;
    }

    /// <summary>As bytes, with the end of the text and what fills the rest.</summary>
    public static byte[] Pad(List<bool> bits, int codewords)
    {
        Append(bits, 0, Math.Min(4, (codewords * 8) - bits.Count));
        Append(bits, 0, -bits.Count & 7);
        var data = new byte[codewords];
        for (var i = 0; i < bits.Count; i++)
        {
            if (bits[i]) data[i / 8] |= (byte)(0x80 >> (i % 8));
        }

        var filler = (byte)0xEC;
        for (var i = bits.Count / 8; i < codewords; i++, filler ^= 0xEC ^ 0x11) data[i] = filler;
        return data;
    }

    private static void Append(List<bool> bits, int value, int count)
    {
        for (var i = count - 1; i >= 0; i--) bits.Add((value >> i & 1) != 0);
    }
}
