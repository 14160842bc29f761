using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;
using AirHil.Rig.Time;

namespace AirHil.Board.Emulator;

/// <summary>
/// An emulated board that nobody of the run drives: its ports are for others. The run gives it the air and the
/// services, and records what its module does.
/// </summary>
internal sealed class BareBoardMachine : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
{
    private readonly Queue<ModemOutput> _outputs = new();
    private readonly EmulatedBoard _board;
    private ILiveRun? _run;

    /// <param name="makeBoard">Lays the board out; the callback gets what its module does.</param>
    public BareBoardMachine(Func<Action<ModemOutput, TimeSpan>, EmulatedBoard> makeBoard) =>
        _board = makeBoard(Happened);

    public TimeSpan? NextTimeout => null;

    public void Attach(ILiveRun run)
    {
        _run = run;
        _board.Start(EmulatedBoard.BehindRun(run), run.Speed);
    }

    public void Handle(ModemInput input, TimeSpan now)
    {
        switch (input)
        {
            case AirEvent happened:
                _board.Post(happened, now);
                break;
            case ModemCommand command:
                _outputs.Enqueue(new ModemReport.Noticed(
                    $"{command.GetType().Name} does nothing: this board is driven over its ports"));
                break;
        }
    }

    public void HandleTimeout(TimeSpan now)
    {
    }

    public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

    public ValueTask DisposeAsync()
    {
        _board.Dispose();
        return ValueTask.CompletedTask;
    }

    // On the board's own thread.
    private void Happened(ModemOutput output, TimeSpan at)
    {
        if (_board.Failure is { } failure) _run!.Post(_ => throw failure);
        _run!.Post(_ => _outputs.Enqueue(output is ModemReport report ? report with { HappenedAt = at } : output));
    }
}
