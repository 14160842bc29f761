using System.IO.Compression;
using ZstdSharp;

namespace AirHil.Rig.Sessions;

/// <summary>How the file of a session is packed.</summary>
public enum SessionCompression
{
    /// <summary>Plain NDJSON.</summary>
    None,

    /// <summary>gzip, as .ndjson.gz.</summary>
    Gzip,

    /// <summary>Zstandard, as .ndjson.zst.</summary>
    Zstandard,
}

/// <summary>Packs and unpacks.</summary>
internal static class SessionPacking
{
    private const int ZstandardLevel = 3;

    public static SessionCompression ByName(string path) =>
        path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? SessionCompression.Gzip
        : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? SessionCompression.Zstandard
        : SessionCompression.None;

    /// <summary>By the first bytes of the file (RFC 1952 §2.3.1, RFC 8878 §3.1.1).</summary>
    public static SessionCompression ByContent(ReadOnlySpan<byte> start) =>
        start.StartsWith("\u001f"u8) && start.Length > 1 && start[1] == 0x8B ? SessionCompression.Gzip
        : start is [0x28, 0xB5, 0x2F, 0xFD, ..] ? SessionCompression.Zstandard
        : SessionCompression.None;

    public static Stream Pack(Stream file, SessionCompression compression) => compression switch
    {
        SessionCompression.Gzip => new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true),
        SessionCompression.Zstandard => Zstandard(file),
        _ => file,
    };

    public static Stream Unpack(Stream file, SessionCompression compression) => compression switch
    {
        SessionCompression.Gzip => new GZipStream(file, CompressionMode.Decompress, leaveOpen: true),
        SessionCompression.Zstandard => Unzstandard(file),
        _ => file,
    };

    /// <summary>With at most 8 MiB of memory for its window; recordings use 2 MiB.</summary>
    private static DecompressionStream Unzstandard(Stream file)
    {
        var unpacked = new DecompressionStream(file, leaveOpen: true);
        unpacked.SetParameter(ZstdSharp.Unsafe.ZSTD_dParameter.ZSTD_d_windowLogMax, 23);
        return unpacked;
    }

    private static CompressionStream Zstandard(Stream file)
    {
        var packed = new CompressionStream(file, ZstandardLevel, leaveOpen: true);
        packed.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
        return packed;
    }
}
