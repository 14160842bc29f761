namespace AirHil.Modem.ShortMessages;

/// <summary>
/// The 7-bit default alphabet with its extension table (3GPP TS 23.038, 6.2.1), and its packing (6.1.2).
/// </summary>
internal static class GsmAlphabet
{
    private const string Characters =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001BÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
        "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    private const byte Escape = 0x1B;

    private static readonly (byte Code, char Character)[] Extension =
    [
        (0x0A, '\f'), (0x14, '^'), (0x28, '{'), (0x29, '}'), (0x2F, '\\'), (0x3C, '['), (0x3D, '~'), (0x3E, ']'),
        (0x40, '|'), (0x65, '€'),
    ];

    /// <summary>The codes of a character, one or two; none where the alphabet lacks it.</summary>
    public static byte[] CodesOf(char character)
    {
        var code = character == Escape ? -1 : Characters.IndexOf(character, StringComparison.Ordinal);
        if (code >= 0) return [(byte)code];
        foreach (var (extended, known) in Extension)
        {
            if (known == character) return [Escape, extended];
        }

        return [];
    }

    public static string Decode(ReadOnlySpan<byte> codes)
    {
        var text = new System.Text.StringBuilder(codes.Length);
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] != Escape || i + 1 == codes.Length)
            {
                text.Append(codes[i] == Escape ? ' ' : Characters[codes[i] & 0x7F]);
                continue;
            }

            // An unknown extension is shown as the character of the default table.
            var code = codes[++i];
            var place = Array.FindIndex(Extension, entry => entry.Code == code);
            text.Append(place >= 0 ? Extension[place].Character : Characters[code & 0x7F]);
        }

        return text.ToString();
    }

    /// <summary>Eight codes in seven bytes.</summary>
    /// <param name="fillBits">Bits before the first code, which end the byte of a header.</param>
    public static byte[] Pack(ReadOnlySpan<byte> codes, int fillBits)
    {
        var packed = new byte[((codes.Length * 7) + fillBits + 7) / 8];
        for (var i = 0; i < codes.Length * 7; i++)
        {
            var to = i + fillBits;
            if (((codes[i / 7] >> (i % 7)) & 1) != 0) packed[to / 8] |= (byte)(1 << (to % 8));
        }

        return packed;
    }

    /// <summary>The other way; codes that lie beyond the bytes are 0.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> packed, int count, int fillBits)
    {
        var codes = new byte[count];
        for (var i = 0; i < count * 7; i++)
        {
            var from = i + fillBits;
            if (from / 8 < packed.Length && ((packed[from / 8] >> (from % 8)) & 1) != 0)
            {
                codes[i / 7] |= (byte)(1 << (i % 7));
            }
        }

        return codes;
    }
}
