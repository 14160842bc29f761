using AirHil.Board.Log;

namespace AirHil.Board.Modem;

/// <summary>Asks for the log, and judges a log port that is silent or away.</summary>
internal sealed class LogWatch(BoardState state, BoardLine log, BoardSupply supply, LogFrameReader frames)
{
    private LogFrameCounters _before;

    /// <summary>From now on the log port ought to be there.</summary>
    public void BeginWaiting(TimeSpan now)
    {
        if (log.IsOpen) BeginListening(now);
        else state.Timers.Set(BoardTimer.Absence, now + state.Timings.LostLimit);
    }

    /// <summary>The log port is open.</summary>
    public void Open(TimeSpan now)
    {
        state.Timers.Stop(BoardTimer.Absence);
        if (state.Life != BoardLife.Muted) BeginListening(now);
    }

    /// <summary>The log port has spoken.</summary>
    public void Hear(TimeSpan now) =>
        state.Timers.Set(BoardTimer.Ask, now + state.Host(state.Timings.EnablePeriod));

    /// <summary>The log port has gone.</summary>
    public void Lose(TimeSpan now)
    {
        state.Timers.Stop(BoardTimer.Ask);
        state.Timers.Stop(BoardTimer.Silence);
        // While the supply is being switched, by a person perhaps, the port may be away for any time.
        if (state.Life is BoardLife.Running or BoardLife.Starting && supply.IsOn)
        {
            state.Timers.Set(BoardTimer.Absence, now + state.Timings.LostLimit);
        }
    }

    public void AskForLog(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Ask, now) || !log.IsOpen || state.Life == BoardLife.Muted) return;
        state.Want(new BoardAct.Write(BoardLine.Log, HostCommands.StartLog.ToArray()));
        Hear(now);
    }

    public void JudgeSilence(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Silence, now)) return;
        if (!log.IsOpen || frames.Counters.Frames > _before.Frames) return;
        var bytes = frames.Counters.Bytes - _before.Bytes;
        var open = $"the log port has been open for {state.Timings.SilenceLimit.TotalSeconds:0.#} s";
        state.Notice(bytes > 0
            ? $"{open} and sent {bytes} bytes without one log frame: is it interface 2 of the module (4 is the "
                + "low-level log), and does LuatOS run on it, not AT firmware? 'airhil bench check' tells"
            : $"{open} and is silent: another port than interface 2, a board that is off or hangs (a crash lasts 25 to "
                + "40 s), a script that logs nothing, or another program that reads the port (ModemManager, Luatools)");
    }

    /// <summary>Why the board counts as lost: its log port is away for too long; null: it does not.</summary>
    public string? JudgeAbsence(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Absence, now)) return null;
        if (log.IsOpen || state.Life is BoardLife.Muted or BoardLife.Lost) return null;
        var why = log.Reason.Length == 0 ? "" : $": {log.Reason}";
        return $"the log port is away for {state.Timings.LostLimit.TotalSeconds:0.#} s{why}";
    }

    /// <summary>From now on the log port, which is open, ought to speak.</summary>
    private void BeginListening(TimeSpan now)
    {
        state.Timers.Set(BoardTimer.Ask, now);
        if (supply.IsOn) state.Timers.Set(BoardTimer.Silence, now + state.Timings.SilenceLimit);
        else state.Timers.Stop(BoardTimer.Silence);
        _before = frames.Counters;
    }
}
