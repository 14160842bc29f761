using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>The board's ports: which are open, what is written to them, and what waits for one that is away.</summary>
internal sealed class BoardLines
{
    private readonly BoardState _state;
    private readonly SortedDictionary<int, BoardLine> _lines = [];

    public BoardLines(BoardState state)
    {
        _state = state;
        Log = _lines[BoardLine.Log] = new BoardLine(BoardLine.Log);
        foreach (var number in state.Board.Uarts.Keys) _lines[number] = new BoardLine(number);
    }

    public BoardLine Log { get; }

    /// <summary>Until when the first of the bytes that wait may wait.</summary>
    public TimeSpan? NextTimeout => _lines.Values.Min(line => line.HeldUntil);

    public BoardLine this[int number] => _lines[number];

    /// <summary>Whether the board has such a UART; the log port is not one.</summary>
    public bool HasUart(int number) => number != BoardLine.Log && _lines.ContainsKey(number);

    public void Open(BoardLine line, TimeSpan now)
    {
        if (_state.Life is BoardLife.Running or BoardLife.Starting && line.WasLost)
        {
            _state.Notice($"{line.Name} is back after {(now - line.Since).TotalSeconds:0.00} s; {line.Reason}");
        }

        line.Open(now);
    }

    /// <summary>Writes what waited for a port that is open now.</summary>
    public void Resume(BoardLine line)
    {
        while (line.TryTakeHeld(out var bytes)) _state.Want(new BoardAct.Write(line.Number, bytes));
    }

    public void Wait(BoardLine line, string reason, TimeSpan now)
    {
        line.Wait(reason);
        if (line.Number != BoardLine.Log) AwaitLines(now);
    }

    /// <param name="isSupplied">Whether the board's supply is on.</param>
    public void Lose(BoardLine line, string reason, bool isSupplied, TimeSpan now)
    {
        line.Lose(reason, isSupplied && _state.Life != BoardLife.Muted, now);
        if (line.Number != BoardLine.Log) AwaitLines(now);
    }

    /// <summary>When all that an earlier session left in the lines has been heard; now, if that is past.</summary>
    public TimeSpan DrainedAt(TimeSpan now)
    {
        var ready = now;
        foreach (var line in _lines.Values)
        {
            var drained = line.IsOpen ? line.Since + _state.Host(_state.Timings.DrainTime)
                : line.IsSettled ? now
                : line.Since + _state.Host(_state.Timings.OpenTime);
            if (drained > ready) ready = drained;
        }

        return ready;
    }

    /// <summary>Writes what the rig sends to a UART.</summary>
    public void Write(ModemCommand.WriteUart write, TimeSpan now)
    {
        if (_state.Life == BoardLife.Muted)
        {
            _state.Notice($"{write.Bytes.Length} bytes for UART {write.Port} go nowhere: the supply is off");
            return;
        }

        if (!HasUart(write.Port))
        {
            var others = string.Join(", ", _state.Board.Uarts.Keys.Order());
            _state.Notice(
                $"{write.Bytes.Length} bytes for UART {write.Port} go nowhere: the board '{_state.Board.Name}' has no "
                + $"such line; it has: {(others.Length == 0 ? "none" : others)}. The bench file lists them under "
                + "'uarts'");
            return;
        }

        if (write.LineErrors)
        {
            _state.Notice($"UART {write.Port}: bytes are sent without line errors, which no adapter makes");
        }

        Send(_lines[write.Port], write.Bytes, now);
    }

    /// <summary>Writes, or waits a while for a port that is away.</summary>
    public void Send(BoardLine line, ReadOnlyMemory<byte> bytes, TimeSpan now)
    {
        if (line.IsOpen && line.HeldBytes == 0)
        {
            _state.Want(new BoardAct.Write(line.Number, bytes));
        }
        else if (!line.Hold(bytes, now + _state.Host(_state.Timings.WriteWait)))
        {
            _state.Notice(
                $"{bytes.Length} bytes for {line.Name} are dropped: {line.HeldBytes} wait for its port already");
        }
    }

    /// <summary>From a start on the lines ought to be there.</summary>
    public void BeginStart(TimeSpan now) =>
        _state.Timers.Set(BoardTimer.Lines, now + _state.Host(_state.Timings.WriteWait));

    /// <summary>Forgets what waits: nobody reads it any more.</summary>
    public void DropHeld()
    {
        foreach (var line in _lines.Values) line.DropHeld();
    }

    /// <summary>Drops what has waited for too long.</summary>
    public void GiveUpHeld(TimeSpan now)
    {
        foreach (var line in _lines.Values)
        {
            var count = 0;
            while (line.HeldUntil <= now && line.TryTakeHeld(out var bytes)) count += bytes.Length;
            if (count == 0) continue;
            var why = line.Reason.Length == 0 ? "it has not opened yet" : line.Reason;
            _state.Notice(
                $"{count} bytes for {line.Name} are dropped: its port was away for longer than they could wait "
                + $"({why})");
        }
    }

    /// <summary>A board can be heard without its serial lines; whoever uses them should know.</summary>
    public void JudgeAbsence(TimeSpan now)
    {
        if (!_state.Timers.TryExpire(BoardTimer.Lines, now) || _state.Life != BoardLife.Running) return;
        foreach (var line in _lines.Values)
        {
            if (line.IsOpen || line.Number == BoardLine.Log) continue;
            _state.Notice($"{line.Name} is not there{(line.Reason.Length == 0 ? "" : $": {line.Reason}")}");
        }
    }

    private void AwaitLines(TimeSpan now)
    {
        if (_state.Life == BoardLife.Running && _state.Timers[BoardTimer.Lines] is null) BeginStart(now);
    }
}
