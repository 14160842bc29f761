using AirHil.Board.Description;
using AirHil.Board.Log;

namespace AirHil.Board.Modem;

/// <summary>Resets the board, and judges whether a start or a reset showed a boot.</summary>
internal sealed class BoardStarts(
    BoardState state, TickClock clock, BoardLines lines, BoardSupply supply, LogFrameReader frames)
{
    private string _act = "";

    /// <summary>Resets the board as its description says.</summary>
    public void Reset(TimeSpan now)
    {
        var board = state.Board;
        switch (board.Reset)
        {
            case ResetMethod.LogPortCommand:
                ResetBy(HostCommands.Reboot.ToArray(), "the frame 7E 00 01 7E on the log port", now);
                break;
            case ResetMethod.AtCommand:
                ResetBy(HostCommands.AtRestart.ToArray(), "AT+ECRST on the log port", now);
                break;
            case ResetMethod.PowerCycle when supply.HasSwitch:
                supply.Cycle();
                break;
            case ResetMethod.PowerCycle:
                state.Notice($"the board '{board.Name}' is to be reset by its supply and has no power switch; name "
                    + "another method under 'reset' in the bench file, or its 'power'");
                break;
            case ResetMethod.Prompt:
                clock.Expect(now, null);
                state.Want(new BoardAct.AskForReset());
                break;
            default:
                throw new InvalidOperationException($"the reset {board.Reset} is not known");
        }
    }

    /// <summary>The supply was switched on while the rig wants the board to run.</summary>
    public void NoteSwitchedOn(TimeSpan at, TimeSpan now)
    {
        // Slow switches tell later than the board.
        if (!clock.AwaitsStart) return;
        clock.Expect(supply.SwitchedOnAt, at);
        AwaitBoot("its supply", now);
    }

    /// <summary>A person has pressed the reset button, or nobody did.</summary>
    public void NoteReset(BoardInput.ResetByHand reset, TimeSpan now)
    {
        if (reset.Problem is { } problem) state.Notice($"the board was not reset: {problem}");
        else if (clock.AwaitsStart) AwaitBoot("the reset button", now);
    }

    public void HandleTimeout(TimeSpan now)
    {
        if (!state.Timers.TryExpire(BoardTimer.Boot, now)) return;
        clock.ExpectNothing();
        var after = $"{state.Timings.BootLimit.TotalSeconds:0.#} s after {_act}";
        state.Notice(lines.Log.IsOpen
            ? $"no start was seen {after}: {Heard()}"
            : $"no start was seen {after}, and the log port is not there ({lines.Log.Reason}); is the power key "
                + "strapped to ground, so that the board starts with its supply?");
        // What it says is better than nothing, though nobody knows since when it runs.
        if (state.Life == BoardLife.Starting) state.Life = BoardLife.Running;
    }

    private void ResetBy(byte[] sequence, string act, TimeSpan now)
    {
        // Where the port is away the sequence is sent when it is back; the board cannot start earlier than now.
        clock.Expect(now, lines.Log.IsOpen ? now : null);
        lines.Send(lines.Log, sequence, now);
        AwaitBoot(act, now);
    }

    private void AwaitBoot(string act, TimeSpan now)
    {
        _act = act;
        state.Timers.Set(BoardTimer.Boot, now + state.Timings.BootLimit);
    }

    private string Heard() => frames.Counters.Frames == 0
        ? "no log frame has come"
        : "the log goes on as before; try another 'reset' method in the bench file, or a power switch";
}
