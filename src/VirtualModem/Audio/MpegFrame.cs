namespace AirHil.VirtualModem.Audio;

/// <summary>The head of a frame of MPEG audio, layer III (ISO/IEC 11172-3 §2.4.1.3, 13818-3).</summary>
/// <param name="Bytes">The whole frame, its head with it.</param>
/// <param name="Samples">Of each channel.</param>
/// <param name="Hertz">8,000 to 48,000.</param>
/// <param name="Channels">1 or 2.</param>
internal readonly record struct MpegFrame(int Bytes, int Samples, int Hertz, int Channels)
{
    private const int HeadBytes = 4;
    private const int TagBytes = 10;

    private static readonly int[] Rates = [44_100, 48_000, 32_000];

    private static readonly int[] First =
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];

    private static readonly int[] Second = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>Where the frames begin: behind a tag ID3v2, if there is one.</summary>
    public static int Start(ReadOnlySpan<byte> file)
    {
        if (file.Length < TagBytes || !file.StartsWith("ID3"u8)) return 0;
        var length = (file[6] & 0x7F) << 21 | (file[7] & 0x7F) << 14 | (file[8] & 0x7F) << 7 | file[9] & 0x7F;
        return TagBytes + length;
    }

    /// <summary>The first frame from a place on, and where it begins; null: there is none.</summary>
    public static (int At, MpegFrame Frame)? Find(ReadOnlySpan<byte> file, int from)
    {
        for (var at = from; at <= file.Length - HeadBytes; at++)
        {
            if (At(file[at..]) is { } frame && IsFollowed(file, at + frame.Bytes)) return (at, frame);
        }

        return null;
    }

    /// <summary>The frame that begins here; null: none does.</summary>
    public static MpegFrame? At(ReadOnlySpan<byte> data)
    {
        if (data.Length < HeadBytes || data[0] != 0xFF || (data[1] & 0xE6) != 0xE2) return null;
        var version = data[1] >> 3 & 3;
        var (rate, speed) = (data[2] >> 2 & 3, data[2] >> 4);
        if (version == 1 || rate == 3 || speed is 0 or 15) return null;
        var isFirst = version == 3;
        var hertz = Rates[rate] >> (isFirst ? 0 : version == 2 ? 1 : 2);
        var samples = isFirst ? 1152 : 576;
        var bytes = (samples / 8 * 1000 * (isFirst ? First : Second)[speed] / hertz) + (data[2] >> 1 & 1);
        return new MpegFrame(bytes, samples, hertz, data[3] >> 6 == 3 ? 1 : 2);
    }

    /// <summary>A head by itself may be chance: another one, or the end, must be behind its frame.</summary>
    private static bool IsFollowed(ReadOnlySpan<byte> file, int at) =>
        at >= file.Length - HeadBytes || At(file[at..]) is not null;
}
