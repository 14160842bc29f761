namespace AirHil.VirtualModem.Displays;

/// <summary>The correction of QR codes: Reed-Solomon over 256 numbers with the polynomial 11D.</summary>
internal static class QrCorrection
{
    /// <summary>The blocks' bytes in turns, then their corrections in turns.</summary>
    public static byte[] Interleave(byte[] data, int version, int level)
    {
        var (blocks, bytes) = (QrTables.BlocksOf(version, level), QrTables.CorrectionOf(version, level));
        var total = QrTables.Codewords(version);
        var shortBlocks = blocks - (total % blocks);
        var shortData = (total / blocks) - bytes;
        var divisor = Divisor(bytes);
        var result = new byte[total];
        for (var (block, at) = (0, 0); block < blocks; block++)
        {
            var length = shortData + (block < shortBlocks ? 0 : 1);
            var part = data.AsSpan(at, length);
            at += length;
            for (var i = 0; i < length; i++)
            {
                var place = (i * blocks) + block - (i == shortData ? shortBlocks : 0);
                result[place] = part[i];
            }

            var correction = Remainder(part, divisor);
            for (var i = 0; i < bytes; i++) result[data.Length + (i * blocks) + block] = correction[i];
        }

        return result;
    }

    private static byte[] Divisor(int degree)
    {
        var divisor = new byte[degree];
        divisor[^1] = 1;
        byte root = 1;
        for (var i = 0; i < degree; i++)
        {
            for (var j = 0; j < degree; j++)
            {
                divisor[j] = Multiply(divisor[j], root);
                if (j + 1 < degree) divisor[j] ^= divisor[j + 1];
            }

            root = Multiply(root, 2);
        }

        return divisor;
    }

    private static byte[] Remainder(ReadOnlySpan<byte> data, byte[] divisor)
    {
        var rest = new byte[divisor.Length];
        foreach (var b in data)
        {
            var factor = (byte)(b ^ rest[0]);
            rest.AsSpan(1).CopyTo(rest);
            rest[^1] = 0;
            for (var i = 0; i < rest.Length; i++) rest[i] ^= Multiply(divisor[i], factor);
        }

        return rest;
    }

    private static byte Multiply(byte a, byte b)
    {
        var product = 0;
        for (var i = 7; i >= 0; i--)
        {
            product = (product << 1) ^ ((product >> 7) * 0x11D);
            product ^= (b >> i & 1) * a;
        }

        return (byte)product;
    }
}
