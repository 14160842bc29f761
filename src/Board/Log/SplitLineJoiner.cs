using System.Buffers;

namespace AirHil.Board.Log;

/// <summary>
/// Puts a line of <c>print</c> together that the module sent in several frames. The rule is inferred from the buffer of
/// 512 bytes (reference bench §2.6), not seen on a board. The texts of a call collect in it, each after the first
/// behind a separator (TAB; one space since July 2025). A text that would fill it sends the pending part, which
/// therefore ends with the separator, and then the text alone; what comes after that begins with the separator. So a
/// frame goes on the frame right before it, of at most <see cref="MaxGapMs"/> earlier, if
/// <list type="bullet">
/// <item>that one ends with a separator, and both together fill the buffer, and this one does not begin as a record of
/// its own does ("I/"); or</item>
/// <item>that one was such a text alone, and this one begins with a separator.</item>
/// </list>
/// A frame of another task in between breaks the line: its parts then stay apart.
/// </summary>
internal sealed class SplitLineJoiner(bool join)
{
    /// <summary>The module's print buffer in bytes.</summary>
    public const int PrintBufferBytes = 512;

    /// <summary>The most that two parts of one call are apart, in ms of the module's tick.</summary>
    public const int MaxGapMs = 5;

    private const int LongestLineBytes = 2 * LogFraming.LongestFrameBytes;

    private readonly ArrayBufferWriter<byte> _line = new();
    private LogRecord? _held;
    private LogRecord _last;
    private bool _lastIsAlone;
    private bool _first = true;

    /// <summary>Takes the next record and puts out those that are certain to be whole.</summary>
    public void Add(LogRecord record, Queue<LogRecord> output)
    {
        var text = record.Text.Span;
        var near = !record.IsGuess && !_first && record.TickMs >= _last.TickMs
            && record.TickMs - _last.TickMs <= MaxGapMs;
        var isTextAlone = near && EndsWithSeparator(_last.Text.Span) && _last.Text.Length <= PrintBufferBytes
            && _last.Text.Length + text.Length >= PrintBufferBytes && !BeginsRecord(text);
        var isRest = near && !isTextAlone && _lastIsAlone && text.Length > 0 && IsSeparator(text[0]);
        var continues = isTextAlone || isRest;
        (_last, _first) = (record, false);
        _lastIsAlone = isTextAlone || (!isRest && text.Length >= PrintBufferBytes);
        if (!join)
        {
            output.Enqueue(record with { IsContinuation = continues });
            return;
        }

        if (continues && _held is { } held && held.Text.Length + _line.WrittenCount + text.Length <= LongestLineBytes)
        {
            if (_line.WrittenCount == 0) _line.Write(held.Text.Span);
            _line.Write(text);
            _held = held with { Frames = held.Frames + 1 };
        }
        else
        {
            Flush(output);
            _held = record with { IsContinuation = continues };
        }

        // Nothing can follow, so nothing is waited for.
        if (!_lastIsAlone && !EndsWithSeparator(text)) Flush(output);
    }

    /// <summary>Puts out what is held back.</summary>
    public void Flush(Queue<LogRecord> output)
    {
        if (_held is not { } held) return;
        output.Enqueue(_line.WrittenCount == 0 ? held : held with { Text = _line.WrittenSpan.ToArray() });
        _line.ResetWrittenCount();
        _held = null;
    }

    /// <summary>What comes next goes on nothing: a frame was lost, or the port was away.</summary>
    public void Break(Queue<LogRecord> output)
    {
        Flush(output);
        (_first, _lastIsAlone) = (true, false);
    }

    private static bool IsSeparator(byte b) => b is (byte)'\t' or (byte)' ';

    private static bool EndsWithSeparator(ReadOnlySpan<byte> text) => text.Length > 0 && IsSeparator(text[^1]);

    private static bool BeginsRecord(ReadOnlySpan<byte> text) => text.Length > 1 && text[1] == '/' && text[0] is
        (byte)'D' or (byte)'I' or (byte)'W' or (byte)'E';
}
