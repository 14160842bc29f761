namespace AirHil.VirtualModem.Firmware.Libraries.Ciphers;

/// <summary>
/// What fills the last block, as mbedtls has it (L:components/mbedtls/library/cipher.c). The checks are as loose and as
/// strict as there.
/// </summary>
internal enum CipherPadding
{
    None,
    Pkcs7,
    OneAndZeros,
    ZerosAndLength,
    Zeros,
}

internal static class CipherPaddings
{
    /// <summary>The padding of this name; a name that is not known is none.</summary>
    public static CipherPadding Find(string name) => name switch
    {
        "PKCS7" => CipherPadding.Pkcs7,
        "ZERO" or "ZEROS" => CipherPadding.Zeros,
        "ONE_AND_ZEROS" => CipherPadding.OneAndZeros,
        "ZEROS_AND_LEN" => CipherPadding.ZerosAndLength,
        _ => CipherPadding.None,
    };

    /// <summary>Fills a block of which <paramref name="used"/> bytes are data; fewer than all.</summary>
    public static void Fill(this CipherPadding padding, Span<byte> block, int used)
    {
        var rest = block[used..];
        rest.Fill(padding == CipherPadding.Pkcs7 ? (byte)rest.Length : (byte)0);
        if (padding == CipherPadding.OneAndZeros) rest[0] = 0x80;
        if (padding == CipherPadding.ZerosAndLength) rest[^1] = (byte)rest.Length;
    }

    /// <summary>The bytes of data in a last block; null: it is not filled in this way.</summary>
    public static int? DataIn(this CipherPadding padding, ReadOnlySpan<byte> block)
    {
        int length = block[^1];
        var data = block.Length - length;
        switch (padding)
        {
            case CipherPadding.Pkcs7:
                return length > 0 && data >= 0 && !block[data..].ContainsAnyExcept((byte)length) ? data : null;
            case CipherPadding.ZerosAndLength:
                return length > 0 && data >= 0 && !block[data..^1].ContainsAnyExcept((byte)0) ? data : null;
            case CipherPadding.OneAndZeros:
                var last = block.LastIndexOfAnyExcept((byte)0);
                return last >= 0 && block[last] == 0x80 ? last : null;
            case CipherPadding.Zeros:
                return block.LastIndexOfAnyExcept((byte)0) + 1;
            default:
                return block.Length;
        }
    }
}
