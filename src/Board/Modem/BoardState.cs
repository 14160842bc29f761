using AirHil.Board.Description;
using AirHil.Modem;
using AirHil.Modem.Messages;

namespace AirHil.Board.Modem;

/// <summary>What the parts of a <see cref="BoardMachine"/> share: the board's life, timers and acts.</summary>
/// <param name="board">What the bench file says of it.</param>
/// <param name="timings">The times by which it is judged.</param>
/// <param name="speed">Seconds of the run in one of the host's.</param>
internal sealed class BoardState(BoardDescription board, BoardTimings timings, double speed)
{
    private readonly Queue<BoardAct> _acts = new();
    private readonly double _hostPace = Math.Max(1, speed);

    public BoardDescription Board { get; } = board;

    public BoardTimings Timings { get; } = timings;

    public TimerTable<BoardTimer> Timers { get; } = new();

    public BoardLife Life { get; set; } = BoardLife.Muted;

    /// <summary>A time of the host's as the run counts it.</summary>
    public TimeSpan Host(TimeSpan time) => time * _hostPace;

    /// <summary>Wants something done, behind what was wanted before.</summary>
    public void Want(BoardAct act) => _acts.Enqueue(act);

    public void Tell(ModemOutput output) => Want(new BoardAct.Tell(output));

    public void Notice(string text) => Tell(new ModemReport.Noticed(text));

    public bool TryTake(out BoardAct act) => _acts.TryDequeue(out act!);
}
