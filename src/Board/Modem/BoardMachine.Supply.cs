using AirHil.Board.Description;
using AirHil.Board.Log;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>Supply, start and reset.</summary>
internal sealed partial class BoardMachine
{
    private Supply _supply = Supply.On;
    private bool _wanted;
    private bool _cycling;
    private TimeSpan _offSince;
    private TimeSpan _switchedOnAt;
    private TimeSpan? _startDue;
    private TimeSpan? _bootDue;
    private string _bootAct = "";

    private enum Supply
    {
        Unknown,
        SwitchingOff,
        Off,
        SwitchingOn,
        On,

        /// <summary>The switch failed; it is tried again when the rig wants something new.</summary>
        Failed,
    }

    /// <summary>Whether the supply is cut, or about to be, because the rig wants the board off.</summary>
    public bool IsSwitchedOff => _hasSwitch && _life == Life.Muted && _supply is Supply.SwitchingOff or Supply.Off;

    private TimeSpan? SupplyDue => _hasSwitch && _wanted && _startDue is null && _supply == Supply.Off
        ? _offSince + _timings.OffTime
        : null;

    private void ApplyPower(TimeSpan now)
    {
        // A board that was lost with its supply on is started by switching it off first.
        if (_life == Life.Lost && _supply == Supply.On) _cycling = true;
        _life = Life.Starting;
        _isCovered = true;
        BeginRadio();
        _wanted = true;
        // What an earlier session left in the lines is heard first, and dropped.
        _startDue = now;
        if (_supply == Supply.Failed) _supply = Supply.Unknown;
    }

    /// <summary>Starts the board as soon as its lines are drained.</summary>
    private void Start(TimeSpan now)
    {
        if (_startDue is null || _startDue > now) return;
        var ready = now;
        foreach (var line in _lines.Values)
        {
            var drained = line.IsOpen ? line.Since + Host(_timings.DrainTime)
                : line.IsSettled ? now
                : line.Since + Host(_timings.OpenTime);
            if (drained > ready) ready = drained;
        }

        if (ready > now)
        {
            _startDue = ready;
            return;
        }

        _startDue = null;
        TellDropped();
        _dropMark = "from before its start";
        _frames.Reset();
        while (_frames.TryTake(out _))
        {
        }

        if (_hasSwitch)
        {
            AdvanceSupply(now);
            return;
        }

        Reset(now);
        BeginWaiting(now);
    }

    private void CutPower(TimeSpan now)
    {
        _life = Life.Muted;
        _wanted = _cycling = false;
        _startDue = _bootDue = _silenceDue = _absenceDue = _askDue = _flushDue = _linesDue = _radioDue = null;
        _clock.Forget();
        _frames.Reset();
        while (_frames.TryTake(out _))
        {
        }

        foreach (var line in _lines.Values) line.DropHeld();

        TellDropped();
        _dropMark = "after its supply was cut";
        if (_hasSwitch)
        {
            if (_supply == Supply.Failed) _supply = Supply.Unknown;
            Tell(new ModemReport.PoweredOff { HappenedAt = now });
        }
        else
        {
            Notice($"the board '{_board.Name}' has no power switch: it stays on, and is not listened to");
        }
    }

    private void Reset(TimeSpan now)
    {
        switch (_board.Reset)
        {
            case ResetMethod.LogPortCommand:
                ResetBy(HostCommands.Reboot.ToArray(), "the frame 7E 00 01 7E on the log port", now);
                break;
            case ResetMethod.AtCommand:
                ResetBy(HostCommands.AtRestart.ToArray(), "AT+ECRST on the log port", now);
                break;
            case ResetMethod.PowerCycle when _hasSwitch:
                _cycling = true;
                if (_supply == Supply.Failed) _supply = Supply.Unknown;
                break;
            case ResetMethod.PowerCycle:
                Notice($"the board '{_board.Name}' is to be reset by its supply and has no power switch; name another "
                    + "method under 'reset' in the bench file, or its 'power'");
                break;
            case ResetMethod.Prompt:
                _clock.Expect(now, null);
                _acts.Enqueue(new BoardAct.AskForReset());
                break;
            default:
                throw new InvalidOperationException($"the reset {_board.Reset} is not known");
        }
    }

    private void ResetBy(byte[] sequence, string act, TimeSpan now)
    {
        // Where the port is away the sequence is sent when it is back; the board cannot start earlier than now.
        _clock.Expect(now, LogLine.IsOpen ? now : null);
        Send(LogLine, sequence, now);
        AwaitBoot(act, now);
    }

    private void AwaitBoot(string act, TimeSpan now) => (_bootAct, _bootDue) = (act, now + _timings.BootLimit);

    /// <summary>Brings the supply towards what is wanted, one switching at a time.</summary>
    private void AdvanceSupply(TimeSpan now)
    {
        if (!_hasSwitch) return;
        switch (_supply)
        {
            case Supply.Unknown:
            case Supply.On when !_wanted || _cycling:
                _cycling = false;
                _supply = Supply.SwitchingOff;
                _acts.Enqueue(new BoardAct.Switch(false));
                break;
            case Supply.Off when SupplyDue <= now:
                _supply = Supply.SwitchingOn;
                _clock.Expect(now, null);
                _switchedOnAt = now;
                _acts.Enqueue(new BoardAct.Switch(true));
                break;
        }
    }

    private void NoteSwitched(BoardInput.Switched switched, TimeSpan now)
    {
        if (switched.Problem is { } problem)
        {
            _supply = Supply.Failed;
            var what = $"the supply could not be switched {(switched.On ? "on" : "off")}: {problem}";
            if (_life is Life.Muted) Notice(what);
            else Vanish(what);
            return;
        }

        if (!switched.On)
        {
            (_supply, _offSince) = (Supply.Off, switched.At);
            return;
        }

        _supply = Supply.On;
        if (_life == Life.Muted) return;
        BeginWaiting(now);
        // Slow switches tell later than the board.
        if (!_clock.AwaitsStart) return;
        _clock.Expect(_switchedOnAt, switched.At);
        AwaitBoot("its supply", now);
    }

    private void NoteReset(BoardInput.ResetByHand reset, TimeSpan now)
    {
        if (reset.Problem is { } problem)
        {
            Notice($"the board was not reset: {problem}");
            return;
        }

        if (_clock.AwaitsStart) AwaitBoot("the reset button", now);
    }

    /// <summary>A start has been seen.</summary>
    private void NoteStart(TimeSpan at, TimeSpan now)
    {
        TellDropped();
        _life = Life.Running;
        _bootDue = null;
        _isCovered = true;
        BeginRadio();
        _linesDue = now + Host(_timings.WriteWait);
        Tell(new ModemReport.PoweredOn { HappenedAt = at });
        // The network tells what coverage there is to who switches a radio on.
        if (_board.Radio is not null) Tell(new AirRequest.Radio(true));
    }

    private void JudgeBoot(TimeSpan now)
    {
        if (_bootDue is null || _bootDue > now) return;
        _bootDue = null;
        _clock.ExpectNothing();
        var after = $"{_timings.BootLimit.TotalSeconds:0.#} s after {_bootAct}";
        if (!LogLine.IsOpen)
        {
            Notice($"no start was seen {after}, and the log port is not there ({LogLine.Reason}); is the power key "
                + "strapped to ground, so that the board starts with its supply?");
        }
        else
        {
            Notice($"no start was seen {after}: {Heard()}");
        }

        // What it says is better than nothing, though nobody knows since when it runs.
        if (_life == Life.Starting) _life = Life.Running;
    }

    private string Heard() => _frames.Counters.Frames == 0
        ? "no log frame has come"
        : "the log goes on as before; try another 'reset' method in the bench file, or a power switch";
}
