using AirHil.Board.Log;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>From the bytes of the log port to lines with the times at which they happened.</summary>
internal sealed class LogReading(BoardState state, TickClock clock)
{
    private readonly LogFrameReader _frames = new();
    private readonly List<LogRecord> _records = [];
    private TimeSpan _heardAt;

    private static ReadOnlySpan<byte> Banner => "LuatOS@"u8;

    /// <summary>Frames and bytes that came.</summary>
    public LogFrameCounters Counters => _frames.Counters;

    /// <summary>Takes bytes.</summary>
    /// <param name="at">When they were read.</param>
    public IReadOnlyList<ReadLine> Hear(ReadOnlySpan<byte> bytes, TimeSpan at, TimeSpan now)
    {
        _heardAt = at;
        _frames.Push(bytes);
        state.Timers.Set(BoardTimer.Flush, now + state.Host(state.Timings.FlushTime));
        return Read();
    }

    /// <summary>Gives out a line that might have gone on, if it did not.</summary>
    public IReadOnlyList<ReadLine> HandleTimeout(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Flush, now)) return [];
        _frames.Flush();
        return Read();
    }

    /// <summary>The port opened: what comes next does not continue what came before.</summary>
    public void Open(TimeSpan now)
    {
        _frames.Reset();
        _heardAt = now;
    }

    /// <summary>The port went: what came so far is all that comes.</summary>
    public IReadOnlyList<ReadLine> Lose(TimeSpan now)
    {
        state.Timers.Stop(BoardTimer.Flush);
        _frames.Reset();
        var lines = Read();
        clock.NoteGone(now);
        return lines;
    }

    /// <summary>Forgets what has come and was not given out.</summary>
    public void Forget()
    {
        _frames.Reset();
        while (_frames.TryTake(out _))
        {
        }
    }

    private ReadLine[] Read()
    {
        _records.Clear();
        while (_frames.TryTake(out var record)) _records.Add(record);
        if (_records.Count == 0) return [];
        var heard = new HeardLine[_records.Count];
        for (var i = 0; i < heard.Length; i++)
        {
            heard[i] = new HeardLine(_records[i].Tick, _records[i].Text.Span.IndexOf(Banner) >= 0);
        }

        var dated = clock.Date(heard, _heardAt);
        var lines = new ReadLine[heard.Length];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = new ModemReport.LogLine(_records[i].Tick, WithoutEnd(_records[i].Text))
            {
                HappenedAt = dated[i].HappenedAt,
            };
            lines[i] = new ReadLine(dated[i].HappenedAt, line, _records[i].Text.Length, dated[i].Start);
        }

        return lines;
    }

    /// <summary>
    /// The firmware's C side sends a NUL or a line end behind its text; what a script prints ends as it was printed.
    /// </summary>
    private static ReadOnlyMemory<byte> WithoutEnd(ReadOnlyMemory<byte> text)
    {
        var length = text.Length;
        while (length > 0 && text.Span[length - 1] is 0) length--;
        if (text.Span.IndexOf("/user."u8) == 1) return text[..length];
        while (length > 0 && text.Span[length - 1] is 0 or (byte)'\r' or (byte)'\n') length--;
        return text[..length];
    }
}
