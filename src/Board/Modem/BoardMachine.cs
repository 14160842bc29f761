using AirHil.Board.Description;
using AirHil.Board.Log;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.Board.Modem;

/// <summary>
/// What a rig knows and does about a board, without the board: ports, supply and people are reached by what it gives
/// out and answer by what goes in. It reads no clock.
/// </summary>
internal sealed class BoardMachine : ISansIoMachine<BoardInput, BoardAct>
{
    private static readonly BoardTimer[] StoppedByLoss =
    [
        BoardTimer.Drained, BoardTimer.Boot, BoardTimer.Silence, BoardTimer.Absence, BoardTimer.Lines, BoardTimer.Radio,
    ];

    private readonly BoardState _state;
    private readonly TickClock _clock;
    private readonly DroppedBytes _dropped;
    private readonly BoardLines _lines;
    private readonly BoardSupply _supply;
    private readonly LogFrameReader _frames = new();
    private readonly LogWatch _watch;
    private readonly BoardStarts _starts;
    private readonly BoardRadio _radio;
    private readonly BoardPins _pins;
    private TimeSpan _heardAt;

    /// <param name="hasSwitch">Whether the supply can be switched.</param>
    /// <param name="speed">Seconds of the run in one of the host's.</param>
    /// <param name="wires">The pins that the rig is wired to; null: none.</param>
    public BoardMachine(
        BoardDescription board, bool hasSwitch, BoardTimings timings, double speed = 1,
        IReadOnlyCollection<PinWire>? wires = null)
    {
        _state = new BoardState(board, timings, speed);
        _clock = new TickClock(timings.Ticks);
        _dropped = new DroppedBytes(_state);
        _lines = new BoardLines(_state);
        _supply = new BoardSupply(_state, _clock, hasSwitch);
        _watch = new LogWatch(_state, _lines.Log, _supply, _frames);
        _starts = new BoardStarts(_state, _clock, _lines, _supply, _frames);
        _radio = new BoardRadio(_state, _lines);
        _pins = new BoardPins(_state, _supply, wires ?? []);
    }

    public TimeSpan? NextTimeout =>
        Earlier(Earlier(_state.Timers.Next, _pins.NextTimeout), Earlier(_supply.NextTimeout, _lines.NextTimeout));

    /// <summary>Whether the supply is cut, or about to be, because the rig wants the board off.</summary>
    public bool IsSwitchedOff => _state.Life == BoardLife.Muted && _supply.IsCut;

    public bool TryTake(out BoardAct output) => _state.TryTake(out output);

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
                _lines.Wait(_lines[waiting.Line], waiting.Reason, now);
                break;
            case BoardInput.Lost lost:
                Lose(_lines[lost.Line], lost.Reason, now);
                break;
            case BoardInput.Received received:
                Hear(received, now);
                break;
            case BoardInput.NotWritten not when _state.Life != BoardLife.Muted:
                _state.Notice(
                    $"{not.Count} bytes for {_lines[not.Line].Name} were not sent, or not for certain: {not.Reason}");
                break;
            case BoardInput.NotWritten:
                break; // a board that is off reads nothing
            case BoardInput.Switched switched:
                NoteSwitched(switched, now);
                break;
            case BoardInput.ResetByHand reset:
                _starts.NoteReset(reset, now);
                break;
            case BoardInput.PinSeen seen:
                _pins.See(seen);
                break;
            case BoardInput.PinRestless restless:
                _pins.NoteRestless(restless, now);
                break;
            default:
                throw new InvalidOperationException($"{input} is not known");
        }

        HandleTimeout(now);
    }

    public void HandleTimeout(TimeSpan now)
    {
        _supply.HandleTimeout(now);
        Start(now);
        _lines.GiveUpHeld(now);
        // A line that might have gone on did not.
        if (_state.Timers.TryExpire(BoardTimer.Flush, now)) _frames.Flush();
        Report(now);
        _watch.AskForLog(now);
        _watch.JudgeSilence(now);
        _starts.HandleTimeout(now);
        if (_watch.JudgeAbsence(now) is { } why) Vanish(why);
        _lines.JudgeAbsence(now);
        _radio.HandleTimeout(now);
        _dropped.HandleTimeout(now);
        _pins.HandleTimeout(now);
    }

    private void Obey(ModemInput told, TimeSpan now)
    {
        switch (told)
        {
            case ModemCommand.ApplyPower when _state.Life is BoardLife.Muted or BoardLife.Lost:
                ApplyPower(now);
                break;
            case ModemCommand.ApplyPower:
                _state.Notice("the supply is on already");
                break;
            case ModemCommand.CutPower when _state.Life == BoardLife.Muted:
                _state.Notice("the supply is off already");
                break;
            case ModemCommand.CutPower:
                CutPower(now);
                break;
            case ModemCommand.PullReset when _state.Life == BoardLife.Muted:
                _state.Notice("reset: the supply is off");
                break;
            case ModemCommand.PullReset:
                _starts.Reset(now);
                break;
            case ModemCommand.WriteUart write:
                _lines.Write(write, now);
                break;
            case ModemCommand.HoldPin pin:
                _pins.Hold(pin);
                break;
            case AirEvent.CoverageChanged(var covered):
                _radio.Switch(covered, now);
                break;
            case AirEvent:
                break; // a board has its own air
            default:
                throw new InvalidOperationException($"{told} is not known");
        }
    }

    private void ApplyPower(TimeSpan now)
    {
        // A board that was lost with its supply on is started by switching it off first.
        if (_state.Life == BoardLife.Lost && _supply.IsOn) _supply.Cycle();
        _state.Life = BoardLife.Starting;
        _radio.BeginStart();
        _supply.Want(true);
        // What an earlier session left in the lines is heard first, and dropped.
        _state.Timers.Set(BoardTimer.Drained, now);
    }

    /// <summary>Starts the board as soon as its lines are drained.</summary>
    private void Start(TimeSpan now)
    {
        if (!_state.Timers.TryExpire(BoardTimer.Drained, now)) return;
        if (_lines.DrainedAt(now) is var ready && ready > now)
        {
            _state.Timers.Set(BoardTimer.Drained, ready);
            return;
        }

        _dropped.Begin("from before its start");
        _frames.Forget();
        if (_supply.HasSwitch)
        {
            _supply.HandleTimeout(now);
            return;
        }

        _starts.Reset(now);
        _watch.BeginWaiting(now);
    }

    private void CutPower(TimeSpan now)
    {
        _state.Life = BoardLife.Muted;
        _clock.Forget();
        _frames.Forget();
        _lines.DropHeld();
        _dropped.Begin("after its supply was cut");
        _state.Timers.StopAll();
        _supply.Want(false);
        if (_supply.HasSwitch)
        {
            _state.Tell(new ModemReport.PoweredOff { HappenedAt = now });
        }
        else
        {
            _state.Notice(
                $"the board '{_state.Board.Name}' has no power switch: it stays on, and is not listened to");
        }
    }

    private void NoteSwitched(BoardInput.Switched switched, TimeSpan now)
    {
        _supply.Note(switched);
        if (switched.Problem is { } problem)
        {
            var what = $"the supply could not be switched {(switched.On ? "on" : "off")}: {problem}";
            if (_state.Life == BoardLife.Muted) _state.Notice(what);
            else Vanish(what);
            return;
        }

        if (!switched.On) _pins.NoteOff(switched.At);
        if (!switched.On || _state.Life == BoardLife.Muted) return;
        _watch.BeginWaiting(now);
        _starts.NoteSwitchedOn(switched.At, now);
    }

    private void Open(BoardLine line, TimeSpan now)
    {
        _lines.Open(line, now);
        if (line.Number == BoardLine.Log)
        {
            // What comes next does not continue what came before.
            _frames.Reset();
            _heardAt = now;
            _watch.Open(now);
        }

        _lines.Resume(line);
    }

    private void Lose(BoardLine line, string reason, TimeSpan now)
    {
        _lines.Lose(line, reason, _supply.IsOn, now);
        if (line.Number != BoardLine.Log) return;
        // What came so far is all that comes.
        _state.Timers.Stop(BoardTimer.Flush);
        _frames.Reset();
        Report(now);
        _clock.NoteGone(now);
        _watch.Lose(now);
    }

    private void Hear(BoardInput.Received received, TimeSpan now)
    {
        if (_state.Life == BoardLife.Muted || _state.Timers[BoardTimer.Drained] is not null)
        {
            _dropped.Add(received.Bytes.Length, now);
            return;
        }

        if (received.Line != BoardLine.Log)
        {
            _state.Tell(new ModemReport.UartReceived(received.Line, received.Bytes) { HappenedAt = received.At });
            return;
        }

        _watch.Hear(now);
        _heardAt = received.At;
        _frames.Push(received.Bytes.Span);
        _state.Timers.Set(BoardTimer.Flush, now + _state.Host(_state.Timings.FlushTime));
        Report(now);
    }

    /// <summary>Tells the lines that have come, each with its time, and the starts that they show.</summary>
    private void Report(TimeSpan now)
    {
        var records = _frames.TakeAll();
        if (records.Length == 0) return;
        var dates = _clock.Date(records, _heardAt);
        if (_state.Life == BoardLife.Muted) return;
        _state.Timers.Stop(BoardTimer.Silence);
        if (_state.Life == BoardLife.Lost && dates[0].Start is null) NoteStart(dates[0].HappenedAt, now);
        for (var i = 0; i < records.Length; i++)
        {
            if (dates[i].Start is { } start) NoteStart(start, now);
            if (_state.Life == BoardLife.Starting)
            {
                // The start before: it was running when the rig wanted it started.
                _dropped.Add(records[i].Text.Length, now);
                continue;
            }

            var line = new ModemReport.LogLine(records[i].Tick, records[i].Line) { HappenedAt = dates[i].HappenedAt };
            _state.Tell(line);
            _radio.Hear(line, now);
        }
    }

    /// <summary>A start has been seen.</summary>
    private void NoteStart(TimeSpan at, TimeSpan now)
    {
        _dropped.Tell();
        _state.Life = BoardLife.Running;
        _state.Timers.Stop(BoardTimer.Boot);
        _radio.BeginStart();
        _lines.BeginStart(now);
        _state.Tell(new ModemReport.PoweredOn { HappenedAt = at });
        _pins.BeginStart(at);
        // The network tells what coverage there is to who switches a radio on.
        if (_state.Board.Radio is not null) _state.Tell(new AirRequest.Radio(true));
    }

    /// <summary>The board is gone, until its log port gives a frame again.</summary>
    private void Vanish(string why)
    {
        _state.Life = BoardLife.Lost;
        foreach (var timer in StoppedByLoss) _state.Timers.Stop(timer);
        _state.Tell(new ModemReport.ModemLost(why));
    }

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) => other is null || one < other ? one : other;
}
