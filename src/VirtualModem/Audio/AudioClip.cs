using System.Buffers.Binary;

namespace AirHil.VirtualModem.Audio;

/// <summary>How long a file plays. What it sounds like nobody hears.</summary>
internal static class AudioClip
{
    private static readonly TimeSpan SpeechFrame = TimeSpan.FromMilliseconds(20);

    /// <summary>Bytes of a frame by its type, the head with it (RFC 4867 §5.3); 0: there is no such type.</summary>
    private static readonly byte[] NarrowBytes = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];

    private static readonly byte[] WideBytes = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];

    /// <summary>Null: it is no MP3, AMR or WAV that can be decoded.</summary>
    public static TimeSpan? Length(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("#!AMR\n"u8)) return Speech(file[6..], NarrowBytes);
        if (file.StartsWith("#!AMR-WB\n"u8)) return Speech(file[9..], WideBytes);
        return file.StartsWith("RIFF"u8) ? Wave(file) : Mpeg(file);
    }

    private static TimeSpan? Speech(ReadOnlySpan<byte> frames, byte[] sizes)
    {
        var length = TimeSpan.Zero;
        while (!frames.IsEmpty)
        {
            var size = sizes[frames[0] >> 3 & 0xF];
            if (size == 0 || size > frames.Length) break;
            length += SpeechFrame;
            frames = frames[size..];
        }

        return length > TimeSpan.Zero ? length : null;
    }

    private static TimeSpan? Wave(ReadOnlySpan<byte> file)
    {
        const int head = 12;
        const int chunk = 8;
        if (file.Length < head || !file[8..].StartsWith("WAVE"u8)) return null;
        uint perSecond = 0;
        for (var rest = file[head..]; rest.Length >= chunk;)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var body = rest[chunk..];
            if (rest.StartsWith("fmt "u8) && body.Length >= 16)
            {
                perSecond = BinaryPrimitives.ReadUInt32LittleEndian(body[8..]);
            }

            if (rest.StartsWith("data"u8))
            {
                return perSecond == 0 ? null : TimeSpan.FromSeconds(Math.Min(size, body.Length) / (double)perSecond);
            }

            // A byte behind a chunk of odd length makes it even.
            var next = size + (size & 1L);
            if (next > body.Length) return null;
            rest = body[(int)next..];
        }

        return null;
    }

    private static TimeSpan? Mpeg(ReadOnlySpan<byte> file)
    {
        var seconds = 0.0;
        var from = MpegFrame.Start(file);
        while (from < file.Length)
        {
            // What comes right behind a frame needs nothing behind it to be one.
            if (seconds > 0 && MpegFrame.At(file[from..]) is { } next)
            {
                seconds += next.Samples / (double)next.Hertz;
                from += next.Bytes;
                continue;
            }

            if (MpegFrame.Find(file, from) is not (var at, var frame)) break;
            seconds += frame.Samples / (double)frame.Hertz;
            from = at + frame.Bytes;
        }

        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
