using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

/// <summary>Bytes of the log port for tests.</summary>
internal static class Wire
{
    /// <summary>The real EC618 frame of reference bench §2.4.</summary>
    public const string RealFrame =
        "7E 59 99 02 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 1C 00 00 00 49 2F 75 73 65 72 2E 47 50 49 "
            + "4F 09 "
        + "47 6F 20 47 6F 20 47 6F 09 30 09 45 43 36 31 38 7E";

    public const string RealText = "I/user.GPIO\tGo Go Go\t0\tEC618";

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    public static byte[] Frame(string text, uint tickMs = 1, bool terminated = false) =>
        Frame(Encoding.UTF8.GetBytes(text), tickMs, terminated);

    public static byte[] Frame(ReadOnlySpan<byte> text, uint tickMs = 1, bool terminated = false)
    {
        var output = new ArrayBufferWriter<byte>();
        LogFrameWriter.Write(output, tickMs, text, terminated);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A frame with any format; arguments are int, uint, long, ulong, double, string or byte[].</summary>
    public static byte[] Formatted(string format, params object[] arguments)
    {
        var frame = new List<byte>(new byte[LogFraming.HeaderBytes]);
        frame[0] = 1;
        frame.AddRange(Encoding.UTF8.GetBytes(format));
        frame.Add(0);
        foreach (var argument in arguments)
        {
            Align(frame);
            var word = new byte[8];
            switch (argument)
            {
                case int i:
                    BinaryPrimitives.WriteInt32LittleEndian(word, i);
                    frame.AddRange(word[..4]);
                    break;
                case uint u:
                    BinaryPrimitives.WriteUInt32LittleEndian(word, u);
                    frame.AddRange(word[..4]);
                    break;
                case long l:
                    BinaryPrimitives.WriteInt64LittleEndian(word, l);
                    frame.AddRange(word);
                    break;
                case ulong l:
                    BinaryPrimitives.WriteUInt64LittleEndian(word, l);
                    frame.AddRange(word);
                    break;
                case double d:
                    BinaryPrimitives.WriteDoubleLittleEndian(word, d);
                    frame.AddRange(word);
                    break;
                default:
                    var bytes = argument as byte[] ?? Encoding.UTF8.GetBytes((string)argument);
                    BinaryPrimitives.WriteInt32LittleEndian(word, bytes.Length);
                    frame.AddRange(word[..4]);
                    frame.AddRange(bytes);
                    break;
            }
        }

        while (frame.Count % 4 != 0) frame.Add(0);
        var output = new ArrayBufferWriter<byte>();
        LogFrameWriter.WriteRaw(output, frame.ToArray());
        return output.WrittenSpan.ToArray();
    }

    public static List<LogRecord> Read(byte[] bytes, int chunk = int.MaxValue)
    {
        var reader = new LogFrameReader();
        var records = Read(reader, bytes, chunk);
        reader.Flush();
        while (reader.TryTake(out var record)) records.Add(record);
        return records;
    }

    public static List<LogRecord> Read(LogFrameReader reader, byte[] bytes, int chunk = int.MaxValue)
    {
        var records = new List<LogRecord>();
        for (var at = 0; at < bytes.Length; at += chunk)
        {
            reader.Push(bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)));
            while (reader.TryTake(out var record)) records.Add(record);
            if (chunk == int.MaxValue) break;
        }

        return records;
    }

    public static string Text(this LogRecord record) => Encoding.UTF8.GetString(record.Text.Span);

    // Real padding is not zero: it holds what lay there before.
    private static void Align(List<byte> frame)
    {
        while (frame.Count % 4 != 0) frame.Add(0x25);
    }
}
