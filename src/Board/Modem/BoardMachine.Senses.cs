using AirHil.Board.Log;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>Ports, log lines and silence.</summary>
internal sealed partial class BoardMachine
{
    private long _dropped;
    private string _dropMark = "before the board was started";
    private bool _isDropTold;
    private TimeSpan? _flushDue;
    private TimeSpan? _askDue;
    private TimeSpan? _silenceDue;
    private TimeSpan? _absenceDue;
    private TimeSpan? _linesDue;
    private TimeSpan? _droppedDue;
    private TimeSpan _heardLogAt;
    private long _bytesAtSilence;
    private long _framesAtSilence;

    private void Open(BoardLine line, TimeSpan now)
    {
        if (_life is Life.Running or Life.Starting && line.WasLost)
        {
            Notice($"{line.Name} is back after {(now - line.Since).TotalSeconds:0.00} s; {line.Reason}");
        }

        line.Open(now);
        if (line.Number == BoardLine.Log)
        {
            _absenceDue = null;
            _frames.Reset();
            _heardLogAt = now;
            if (_life != Life.Muted) BeginListening(now);
        }

        while (line.TryTakeHeld(out var bytes)) _acts.Enqueue(new BoardAct.Write(line.Number, bytes));
    }

    private void Wait(BoardLine line, string reason, TimeSpan now)
    {
        line.Wait(reason);
        if (line.Number != BoardLine.Log && _life is Life.Running) _linesDue ??= now + Host(_timings.WriteWait);
    }

    private void Lose(BoardLine line, string reason, TimeSpan now)
    {
        line.Lose(reason, _supply == Supply.On && _life != Life.Muted, now);
        if (line.Number != BoardLine.Log)
        {
            if (_life == Life.Running) _linesDue ??= now + Host(_timings.WriteWait);
            return;
        }

        _frames.Reset();
        DateRecords(_heardLogAt, now);
        _clock.NoteGone(now);
        (_askDue, _silenceDue, _flushDue) = (null, null, null);
        // While the supply is being switched, by a person perhaps, the port may be away for any time.
        if (_life is Life.Running or Life.Starting && _supply == Supply.On) _absenceDue = now + _timings.LostLimit;
    }

    private void Hear(BoardInput.Received received, TimeSpan now)
    {
        if (_life == Life.Muted || _startDue is not null)
        {
            Drop(received.Bytes.Length, now);
            return;
        }

        if (received.Line != BoardLine.Log)
        {
            Tell(new ModemReport.UartReceived(received.Line, received.Bytes) { HappenedAt = received.At });
            return;
        }

        _heardLogAt = received.At;
        _askDue = now + Host(_timings.EnablePeriod);
        _frames.Push(received.Bytes.Span);
        DateRecords(received.At, now);
        _flushDue = now + Host(_timings.FlushTime);
    }

    private void Flush(TimeSpan now)
    {
        if (_flushDue is null || _flushDue > now) return;
        _flushDue = null;
        _frames.Flush();
        DateRecords(_heardLogAt, now);
    }

    /// <summary>Dates and tells the lines that are whole.</summary>
    private void DateRecords(TimeSpan arrival, TimeSpan now)
    {
        _records.Clear();
        while (_frames.TryTake(out var record)) _records.Add(record);
        if (_records.Count == 0 || _life == Life.Muted) return;
        _silenceDue = null;
        var heard = new HeardLine[_records.Count];
        for (var i = 0; i < heard.Length; i++)
        {
            heard[i] = new HeardLine(_records[i].Tick, _records[i].Text.Span.IndexOf(Banner) >= 0);
        }

        var dated = _clock.Date(heard, arrival);
        if (_life == Life.Lost && dated[0].Start is null) NoteStart(dated[0].HappenedAt, now);
        for (var i = 0; i < dated.Length; i++)
        {
            if (dated[i].Start is { } start) NoteStart(start, now);
            if (_life == Life.Starting)
            {
                // The start before: it was running when the rig wanted it started.
                Drop(_records[i].Text.Length, now);
                continue;
            }

            var line = new ModemReport.LogLine(_records[i].Tick, WithoutEnd(_records[i].Text))
            {
                HappenedAt = dated[i].HappenedAt,
            };
            Tell(line);
            HearAgent(line, now);
        }
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

    /// <summary>From now on the log port ought to be there.</summary>
    private void BeginWaiting(TimeSpan now)
    {
        if (LogLine.IsOpen) BeginListening(now);
        else _absenceDue = now + _timings.LostLimit;
    }

    /// <summary>From now on the log port, which is open, ought to speak.</summary>
    private void BeginListening(TimeSpan now)
    {
        _askDue = now;
        _silenceDue = _supply == Supply.On ? now + _timings.SilenceLimit : null;
        (_bytesAtSilence, _framesAtSilence) = (_frames.Counters.Bytes, _frames.Counters.Frames);
    }

    private void AskForLog(TimeSpan now)
    {
        if (_askDue is null || _askDue > now) return;
        if (!LogLine.IsOpen || _life is Life.Muted)
        {
            _askDue = null;
            return;
        }

        _acts.Enqueue(new BoardAct.Write(BoardLine.Log, HostCommands.StartLog.ToArray()));
        _askDue = now + Host(_timings.EnablePeriod);
    }

    private void JudgeSilence(TimeSpan now)
    {
        if (_silenceDue is null || _silenceDue > now) return;
        _silenceDue = null;
        if (!LogLine.IsOpen || _frames.Counters.Frames > _framesAtSilence) return;
        var bytes = _frames.Counters.Bytes - _bytesAtSilence;
        var open = $"the log port has been open for {_timings.SilenceLimit.TotalSeconds:0.#} s";
        Notice(bytes > 0
            ? $"{open} and sent {bytes} bytes without one log frame: is it interface 2 of the module (4 is the "
                + "low-level log), and does LuatOS run on it, not AT firmware? 'airhil bench check' tells"
            : $"{open} and is silent: another port than interface 2, a board that is off or hangs (a crash lasts 25 to "
                + "40 s), a script that logs nothing, or another program that reads the port (ModemManager, Luatools)");
    }

    /// <summary>A board can be heard without its serial lines; whoever uses them should know.</summary>
    private void JudgeLines(TimeSpan now)
    {
        if (_linesDue is null || _linesDue > now) return;
        _linesDue = null;
        if (_life != Life.Running) return;
        foreach (var line in _lines.Values)
        {
            if (line.IsOpen || line.Number == BoardLine.Log) continue;
            Notice($"{line.Name} is not there{(line.Reason.Length == 0 ? "" : $": {line.Reason}")}");
        }
    }

    private void JudgeAbsence(TimeSpan now)
    {
        if (_absenceDue is null || _absenceDue > now) return;
        _absenceDue = null;
        if (LogLine.IsOpen || _life is Life.Muted or Life.Lost) return;
        var why = LogLine.Reason.Length == 0 ? "" : $": {LogLine.Reason}";
        Vanish($"the log port is away for {_timings.LostLimit.TotalSeconds:0.#} s{why}");
    }

    /// <summary>The board is gone, until its log port gives a frame again.</summary>
    private void Vanish(string why)
    {
        _life = Life.Lost;
        _startDue = _bootDue = _silenceDue = _absenceDue = _linesDue = _radioDue = null;
        Tell(new ModemReport.ModemLost(why));
    }

    /// <summary>Drops bytes on the record: once soon after the first of them, and once at the end.</summary>
    private void Drop(int count, TimeSpan now)
    {
        if (!_isDropTold && _dropped == 0) _droppedDue = now + Host(_timings.EnablePeriod);
        _dropped += count;
    }

    private void TellDropped(TimeSpan now)
    {
        if (_droppedDue is null || _droppedDue > now) return;
        TellDropped();
        _isDropTold = true;
    }

    private void TellDropped()
    {
        if (_dropped > 0) Notice($"{_dropped} bytes that came {_dropMark} do not count");
        (_dropped, _droppedDue, _isDropTold) = (0, null, false);
    }
}
