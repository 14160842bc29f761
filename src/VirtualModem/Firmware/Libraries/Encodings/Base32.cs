namespace AirHil.VirtualModem.Firmware.Libraries.Encodings;

/// <summary>
/// Base32 without padding; decoding forgives 0, 1 and 8 for O, L and B, and small letters (reference §8).
/// </summary>
internal static class Base32
{
    public static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        var text = new byte[((bytes.Length * 8) + 4) / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var pair = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[i] = (byte)"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(pair >> (11 - (bit % 8))) & 31];
        }

        return text;
    }

    /// <summary>The bytes up to the first NUL, or null where a character is no digit, blank or hyphen.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new List<byte>();
        var buffer = 0;
        var bits = 0;
        foreach (var c in text)
        {
            if (c == 0) break;
            if ((char)c is ' ' or '\t' or '\r' or '\n' or '-') continue;
            var digit = DigitOf((char)c);
            if (digit < 0) return null;
            buffer = (buffer << 5) | digit;
            bits += 5;
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(buffer >> bits));
        }

        return [.. bytes];
    }

    private static int DigitOf(char c) => c switch
    {
        '0' => 'O' - 'A',
        '1' => 'L' - 'A',
        '8' => 'B' - 'A',
        >= '2' and <= '7' => c - '2' + 26,
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a',
        _ => -1,
    };
}
