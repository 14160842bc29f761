using AirHil.Board.Description;
using AirHil.Board.Log;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>
/// What a rig knows and does about a board, without the board: ports, supply and people are reached by what it gives
/// out and answer by what goes in. It reads no clock.
/// </summary>
internal sealed partial class BoardMachine : ISansIoMachine<BoardInput, BoardAct>
{
    private static ReadOnlySpan<byte> Banner => "LuatOS@"u8;

    private readonly BoardDescription _board;
    private readonly BoardTimings _timings;
    private readonly bool _hasSwitch;
    private readonly double _hostPace;
    private readonly Queue<BoardAct> _acts = new();
    private readonly SortedDictionary<int, BoardLine> _lines = [];
    private readonly LogFrameReader _frames = new();
    private readonly TickClock _clock;
    private readonly List<LogRecord> _records = [];

    private Life _life = Life.Muted;

    /// <param name="hasSwitch">Whether the supply can be switched.</param>
    /// <param name="speed">Seconds of the run in one of the host's.</param>
    public BoardMachine(BoardDescription board, bool hasSwitch, BoardTimings timings, double speed = 1)
    {
        _board = board;
        _hasSwitch = hasSwitch;
        _timings = timings;
        _hostPace = Math.Max(1, speed);
        _clock = new TickClock(timings.Ticks);
        _lines[BoardLine.Log] = new BoardLine(BoardLine.Log);
        foreach (var number in board.Uarts.Keys) _lines[number] = new BoardLine(number);
        if (hasSwitch) _supply = Supply.Unknown;
    }

    private enum Life
    {
        /// <summary>Off as far as the rig goes: what the board says does not count.</summary>
        Muted,

        /// <summary>The rig wants it started, and no start has been seen.</summary>
        Starting,

        /// <summary>It runs.</summary>
        Running,

        /// <summary>Its log port went and did not come back.</summary>
        Lost,
    }

    public TimeSpan? NextTimeout
    {
        get
        {
            TimeSpan? next = null;
            foreach (var due in Deadlines())
            {
                if (due is { } at && !(next <= at)) next = at;
            }

            return next;
        }
    }

    /// <summary>Frames and bytes that came on the log port.</summary>
    public LogFrameCounters LogCounters => _frames.Counters;

    private BoardLine LogLine => _lines[BoardLine.Log];

    public bool TryTake(out BoardAct output) => _acts.TryDequeue(out output!);

    public void Handle(BoardInput input, TimeSpan now)
    {
        switch (input)
        {
            case BoardInput.Told(var told):
                Obey(told, now);
                break;
            case BoardInput.Opened opened:
                Open(_lines[opened.Line], now);
                break;
            case BoardInput.Waiting waiting:
                Wait(_lines[waiting.Line], waiting.Reason, now);
                break;
            case BoardInput.Lost lost:
                Lose(_lines[lost.Line], lost.Reason, now);
                break;
            case BoardInput.Received received:
                Hear(received, now);
                break;
            case BoardInput.NotWritten not when _life != Life.Muted:
                Notice(
                    $"{not.Count} bytes for {_lines[not.Line].Name} were not sent, or not for certain: {not.Reason}");
                break;
            case BoardInput.NotWritten:
                break; // a board that is off reads nothing
            case BoardInput.Switched switched:
                NoteSwitched(switched, now);
                break;
            case BoardInput.ResetByHand reset:
                NoteReset(reset, now);
                break;
            default:
                throw new InvalidOperationException($"{input} is not known");
        }

        HandleTimeout(now);
    }

    public void HandleTimeout(TimeSpan now)
    {
        AdvanceSupply(now);
        Start(now);
        GiveUpHeld(now);
        Flush(now);
        AskForLog(now);
        JudgeSilence(now);
        JudgeBoot(now);
        JudgeAbsence(now);
        JudgeLines(now);
        OrderRadio(now);
        TellDropped(now);
    }

    private IEnumerable<TimeSpan?> Deadlines()
    {
        yield return SupplyDue;
        yield return _startDue;
        foreach (var line in _lines.Values) yield return line.HeldUntil;
        yield return _flushDue;
        yield return _askDue;
        yield return _silenceDue;
        yield return _bootDue;
        yield return _absenceDue;
        yield return _linesDue;
        yield return _radioDue;
        yield return _droppedDue;
    }

    private void Obey(ModemInput told, TimeSpan now)
    {
        switch (told)
        {
            case ModemCommand.ApplyPower when _life is Life.Muted or Life.Lost:
                ApplyPower(now);
                break;
            case ModemCommand.ApplyPower:
                Notice("the supply is on already");
                break;
            case ModemCommand.CutPower when _life == Life.Muted:
                Notice("the supply is off already");
                break;
            case ModemCommand.CutPower:
                CutPower(now);
                break;
            case ModemCommand.PullReset when _life == Life.Muted:
                Notice("reset: the supply is off");
                break;
            case ModemCommand.PullReset:
                Reset(now);
                break;
            case ModemCommand.WriteUart write:
                WriteUart(write, now);
                break;
            case AirEvent.CoverageChanged(var covered):
                SwitchRadio(covered, now);
                break;
            case AirEvent:
                break; // a board has its own air
            default:
                throw new InvalidOperationException($"{told} is not known");
        }
    }

    private void WriteUart(ModemCommand.WriteUart write, TimeSpan now)
    {
        if (_life == Life.Muted)
        {
            Notice($"{write.Bytes.Length} bytes for UART {write.Port} go nowhere: the supply is off");
            return;
        }

        if (write.Port == BoardLine.Log || !_lines.TryGetValue(write.Port, out var line))
        {
            var others = string.Join(", ", _board.Uarts.Keys.Order());
            Notice(
                $"{write.Bytes.Length} bytes for UART {write.Port} go nowhere: the board '{_board.Name}' has no such "
                + $"line; it has: {(others.Length == 0 ? "none" : others)}. The bench file lists them under 'uarts'");
            return;
        }

        if (write.LineErrors) Notice($"UART {write.Port}: bytes are sent without line errors, which no adapter makes");
        Send(line, write.Bytes, now);
    }

    /// <summary>Writes, or waits a while for a port that is away.</summary>
    private void Send(BoardLine line, ReadOnlyMemory<byte> bytes, TimeSpan now)
    {
        if (line.IsOpen && line.HeldBytes == 0)
        {
            _acts.Enqueue(new BoardAct.Write(line.Number, bytes));
        }
        else if (!line.Hold(bytes, now + Host(_timings.WriteWait)))
        {
            Notice($"{bytes.Length} bytes for {line.Name} are dropped: {line.HeldBytes} wait for its port already");
        }
    }

    private void GiveUpHeld(TimeSpan now)
    {
        foreach (var line in _lines.Values)
        {
            var count = 0;
            while (line.HeldUntil <= now && line.TryTakeHeld(out var bytes)) count += bytes.Length;
            if (count == 0) continue;
            var why = line.Reason.Length == 0 ? "it has not opened yet" : line.Reason;
            Notice(
                $"{count} bytes for {line.Name} are dropped: its port was away for longer than they could wait "
                + $"({why})");
        }
    }

    private void Tell(ModemOutput output) => _acts.Enqueue(new BoardAct.Tell(output));

    private void Notice(string text) => Tell(new ModemReport.Noticed(text));

    /// <summary>A time of the host's as the run counts it.</summary>
    private TimeSpan Host(TimeSpan time) => time * _hostPace;
}
