using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Rig.Time;

namespace AirHil.Board.Emulator;

/// <summary>
/// An emulated board as a modem of a run. What the rig says goes through the board modem and the ports, as with any
/// board; the antenna alone is not on a cable, so the air of the run and the module on the board meet here.
/// </summary>
internal sealed class EmulatedBoardMachine<TModem> : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
    where TModem : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
{
    private readonly Queue<AirRequest> _requests = new();
    private readonly EmulatedBoard _board;
    private readonly TModem _modem;
    private ILiveRun? _run;

    /// <param name="makeBoard">Lays the board out; the callback gets what its module does.</param>
    /// <param name="makeModem">Makes the modem that drives the board through its ports.</param>
    public EmulatedBoardMachine(
        Func<Action<ModemOutput, TimeSpan>, EmulatedBoard> makeBoard, Func<EmulatedBoard, TModem> makeModem)
    {
        _board = makeBoard(Happened);
        _modem = makeModem(_board);
    }

    public TimeSpan? NextTimeout => _modem.NextTimeout;

    public void Attach(ILiveRun run)
    {
        _run = run;
        _board.Start(EmulatedBoard.BehindRun(run), run.Speed);
        _modem.Attach(run);
    }

    public void Handle(ModemInput input, TimeSpan now)
    {
        if (input is AirEvent happened) _board.Post(happened, now);
        else _modem.Handle(input, now);
    }

    public void HandleTimeout(TimeSpan now) => _modem.HandleTimeout(now);

    public bool TryTake(out ModemOutput output)
    {
        if (_requests.TryDequeue(out var request))
        {
            output = request;
            return true;
        }

        return _modem.TryTake(out output!);
    }

    public async ValueTask DisposeAsync()
    {
        await _modem.DisposeAsync();
        _board.Dispose();
    }

    // On the board's own thread.
    private void Happened(ModemOutput output, TimeSpan at)
    {
        if (output is AirRequest request) _run!.Post(_ => _requests.Enqueue(request));
        else if (_board.Failure is { } failure) _run!.Post(_ => throw failure);
    }
}
