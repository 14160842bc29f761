using System.Buffers;
using System.Buffers.Binary;

namespace AirHil.Board.Log;

/// <summary>
/// Writes frames as a module with EC618 does: a line of text under the format "%.*s", the vendor's escapes, delimiters
/// of its own on both sides (reference bench §2.2 to §2.4). It allocates nothing.
/// </summary>
internal static class LogFrameWriter
{
    /// <summary>The tag that a real frame with a line of Lua carries (reference bench §2.4).</summary>
    public const uint LuaTag = 0x0A73EA4C;

    private static ReadOnlySpan<byte> TextFormat => "%.*s\0\0\0\0"u8;

    /// <summary>Appends the frame of one record.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="tickMs">The module's time since its start, in ms.</param>
    /// <param name="text">The text, any bytes.</param>
    /// <param name="terminated">
    /// Count a NUL behind the text, as the firmware's C writer does and print does not (reference bench §2.6).
    /// </param>
    /// <param name="tag">The place in the firmware.</param>
    public static void Write(
        IBufferWriter<byte> output, uint tickMs, ReadOnlySpan<byte> text, bool terminated = false, uint tag = LuaTag)
    {
        ArgumentNullException.ThrowIfNull(output);
        var length = text.Length + (terminated ? 1 : 0);
        Span<byte> head = stackalloc byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(head, tickMs);
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], tag);
        TextFormat.CopyTo(head[12..]);
        BinaryPrimitives.WriteUInt32LittleEndian(head[20..], (uint)length);
        Put(output, LogFraming.Delimiter);
        Escape(output, head);
        Escape(output, text);
        for (var i = terminated ? -1 : 0; i < (-length & 3); i++) Put(output, 0);
        Put(output, LogFraming.Delimiter);
    }

    /// <summary>Appends a frame around any header, format and arguments.</summary>
    public static void WriteRaw(IBufferWriter<byte> output, ReadOnlySpan<byte> frame)
    {
        ArgumentNullException.ThrowIfNull(output);
        Put(output, LogFraming.Delimiter);
        Escape(output, frame);
        Put(output, LogFraming.Delimiter);
    }

    private static void Escape(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var run = bytes.IndexOfAny(LogFraming.Delimiter, LogFraming.Escape);
            if (run < 0)
            {
                output.Write(bytes);
                return;
            }

            output.Write(bytes[..run]);
            Put(output, LogFraming.Escape);
            Put(output, bytes[run] == LogFraming.Delimiter ? (byte)0x02 : (byte)0x01);
            bytes = bytes[(run + 1)..];
        }
    }

    private static void Put(IBufferWriter<byte> output, byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
