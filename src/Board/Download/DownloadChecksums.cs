namespace AirHil.Board.Download;

/// <summary>The check values of the download protocol (reference bench §5.5).</summary>
internal static class DownloadChecksums
{
    /// <summary>CRC-32 as zlib computes it.</summary>
    public static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }

    /// <summary>CRC-8/Maxim.</summary>
    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        byte crc = 0;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var i = 0; i < 8; i++) crc = (byte)((crc & 1) != 0 ? (crc >> 1) ^ 0x8C : crc >> 1);
        }

        return crc;
    }

    /// <summary>The sum of all bytes, in 32 bits.</summary>
    public static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        foreach (var b in bytes) sum += b;
        return sum;
    }
}
