using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using AirHil.Board.Log;
using AirHil.Modem.Messages;

namespace AirHil.Board.Emulator;

/// <summary>
/// Frames of log lines as the module sends them: what the script prints as text of a given length, the C side's lines
/// with a NUL that counts, and lines of the platform ("am_service_init 851:Air780E_A17") as a format with the place in
/// the source as arguments (reference bench §2.2, §2.6).
/// </summary>
internal sealed class ModuleFrames
{
    /// <summary>Inferred: what the platform's own frames carry as their place differs from build to build.</summary>
    private const uint PlatformTag = 0x0A73_0000;

    private readonly ArrayBufferWriter<byte> _frame = new();
    private readonly ArrayBufferWriter<byte> _body = new();

    private static ReadOnlySpan<byte> PlatformFormat => "%s %d:%s\0\0\0\0"u8;

    /// <summary>The frame of one line, delimiters included.</summary>
    public byte[] Of(ModemReport.LogLine line)
    {
        _frame.ResetWrittenCount();
        var tick = (uint)line.Tick.TotalMilliseconds;
        var text = line.Bytes.Span;
        if (!TryPlatform(tick, text)) LogFrameWriter.Write(_frame, tick, text, IsFromC(text));
        return _frame.WrittenSpan.ToArray();
    }

    private static bool IsFromC(ReadOnlySpan<byte> text) =>
        text.Length > 2 && text[1] == (byte)'/' && !text[2..].StartsWith("user."u8) && text.IndexOf(".lua:"u8) < 0;

    private bool TryPlatform(uint tick, ReadOnlySpan<byte> text)
    {
        var space = text.IndexOf((byte)' ');
        var colon = text.IndexOf((byte)':');
        if (space < 1 || colon < space + 2 || text[..space].IndexOfAnyExcept(Words) >= 0) return false;
        var digits = text[(space + 1)..colon];
        if (digits.Length > 9 || digits[0] == (byte)'0' || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0
            || !Utf8Parser.TryParse(digits, out int number, out _))
        {
            return false;
        }

        _body.ResetWrittenCount();
        Put(tick);
        Put(0);
        Put(PlatformTag);
        // The arguments begin at the next multiple of four behind the format's NUL.
        _body.Write(PlatformFormat);
        PutText(text[..space]);
        Put((uint)number);
        PutText(text[(colon + 1)..]);
        LogFrameWriter.WriteRaw(_frame, _body.WrittenSpan);
        return true;
    }

    private static readonly SearchValues<byte> Words =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"u8);

    private void Put(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_body.GetSpan(4), value);
        _body.Advance(4);
    }

    private void PutText(ReadOnlySpan<byte> text)
    {
        Put((uint)text.Length);
        _body.Write(text);
        _body.Write("\0\0\0"u8[..(-text.Length & 3)]);
    }
}
