using System.Buffers.Binary;

namespace AirHil.Board.Log;

/// <summary>
/// Takes log records out of the bytes of a log port, which come in any pieces (reference bench §2.2). It never throws
/// for what a module sends, and holds no more than one frame and the records of one push. Every stretch between two
/// delimiters is a frame of its own, so noise costs at most the frame that it falls into.
/// </summary>
/// <param name="joinSplitLines">
/// Whether a line that the module split is put together again (<see cref="SplitLineJoiner"/>); if not, its later parts
/// are marked.
/// </param>
/// <param name="longestFrame">The longest frame that is read, in bytes without delimiters and escapes.</param>
public sealed class LogFrameReader(
    bool joinSplitLines = true, int longestFrame = LogFraming.LongestFrameBytes)
{
    private const int StartBytes = 1024;
    private const uint LongestUptimeWord = 16;

    private readonly Queue<LogRecord> _records = new();
    private readonly SplitLineJoiner _joiner = new(joinSplitLines);
    private readonly LogFormat _format = new();
    private byte[] _frame = new byte[Math.Min(StartBytes, longestFrame)];
    private int _length;
    private bool _inside;
    private bool _escaped;
    private long _overlong;
    private long _bytes;
    private long _frames;
    private long _malformed;
    private long _dropped;
    private long _unknownEscapes;
    private long _guessed;

    public LogFrameCounters Counters => new(
        _bytes, _frames, _malformed, _dropped, _unknownEscapes, _guessed, _length);

    /// <summary>Adds bytes; take the records before the next push, or they pile up.</summary>
    public void Push(ReadOnlySpan<byte> bytes)
    {
        _bytes += bytes.Length;
        while (!bytes.IsEmpty)
        {
            if (_escaped)
            {
                bytes = TakeEscaped(bytes);
                continue;
            }

            if (!_inside)
            {
                var start = bytes.IndexOf(LogFraming.Delimiter);
                _dropped += start < 0 ? bytes.Length : start;
                if (start < 0) return;
                _inside = true;
                bytes = bytes[(start + 1)..];
                continue;
            }

            var run = bytes.IndexOfAny(LogFraming.Delimiter, LogFraming.Escape);
            if (run < 0)
            {
                Append(bytes);
                return;
            }

            Append(bytes[..run]);
            if (bytes[run] == LogFraming.Delimiter) EndFrame();
            else _escaped = true;
            bytes = bytes[(run + 1)..];
        }
    }

    /// <summary>Takes the next record.</summary>
    public bool TryTake(out LogRecord record) => _records.TryDequeue(out record);

    /// <summary>Takes all records that are whole.</summary>
    internal LogRecord[] TakeAll()
    {
        var all = _records.ToArray();
        _records.Clear();
        return all;
    }

    /// <summary>
    /// Gives out what is held back because a further part of the same line might follow. Call it when the port has been
    /// silent for some ms: parts of a line follow each other at once.
    /// </summary>
    public void Flush() => _joiner.Flush(_records);

    /// <summary>
    /// Forgets the frame that has begun: the port was closed or went away. Records that are whole stay.
    /// </summary>
    public void Reset()
    {
        _joiner.Break(_records);
        _dropped += _length + _overlong + (_escaped ? 1 : 0);
        (_length, _overlong, _inside, _escaped) = (0, 0, false, false);
    }

    /// <summary>Forgets all that came and was not taken.</summary>
    internal void Forget()
    {
        Reset();
        _records.Clear();
    }

    private ReadOnlySpan<byte> TakeEscaped(ReadOnlySpan<byte> bytes)
    {
        _escaped = false;
        // A delimiter is never a part of an escape: the frame was cut here.
        if (bytes[0] == LogFraming.Delimiter)
        {
            Append([LogFraming.Escape]);
            _unknownEscapes++;
            return bytes;
        }

        var meant = LogFraming.Unescape(bytes[0]);
        if (meant >= 0)
        {
            Append([(byte)meant]);
            return bytes[1..];
        }

        // A firmware that does not escape 7D would look like this: the text is kept as it came.
        _unknownEscapes++;
        Append([LogFraming.Escape]);
        return bytes;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_overlong > 0 || _length + bytes.Length > longestFrame)
        {
            _overlong += bytes.Length;
            return;
        }

        if (_length + bytes.Length > _frame.Length)
        {
            Array.Resize(ref _frame, Math.Min(longestFrame, Math.Max(2 * _frame.Length, _length + bytes.Length)));
        }

        bytes.CopyTo(_frame.AsSpan(_length));
        _length += bytes.Length;
    }

    private void EndFrame()
    {
        var frame = _frame.AsSpan(0, _length);
        var overlong = _overlong;
        (_length, _overlong) = (0, 0);
        // Two delimiters in a row: the end of one frame and the start of the next, or idling.
        if (frame.IsEmpty && overlong == 0) return;
        if (overlong == 0 && Decode(frame) is { } record)
        {
            _frames++;
            _joiner.Add(record, _records);
            return;
        }

        _malformed++;
        _dropped += frame.Length + overlong;
        // A damaged frame may have been the rest of a line; what follows is not joined over the gap.
        _joiner.Break(_records);
        if (_frame.Length > 64 * StartBytes) _frame = new byte[Math.Min(StartBytes, longestFrame)];
    }

    private LogRecord? Decode(ReadOnlySpan<byte> frame)
    {
        if (frame.Length <= LogFraming.HeaderBytes) return null;
        var low = BinaryPrimitives.ReadUInt32LittleEndian(frame);
        var high = BinaryPrimitives.ReadUInt32LittleEndian(frame[4..]);
        // Two years of uptime; more is not a header.
        if (high >= LongestUptimeWord) return null;
        if (!_format.TryRead(frame[LogFraming.HeaderBytes..], out var guessed, out var left)) return null;
        if (guessed) _guessed++;
        _dropped += left;
        var tag = BinaryPrimitives.ReadUInt32LittleEndian(frame[8..]);
        return new LogRecord(low | (ulong)high << 32, tag, _format.Take())
        {
            IsGuess = guessed,
        };
    }
}
