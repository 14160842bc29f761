using AirHil.Board.Description;
using AirHil.Rig.Actors;
using AirHil.Rig.Runs;
using Akka.Actor;

namespace AirHil.Board;

/// <summary>
/// A real module on this machine's bench as an actor of any actor system: the same messages as
/// <see cref="Air780EActor"/>. It opens the board's ports when it starts and gives them back when it stops.
/// </summary>
public sealed class BoardActor : ModuleActor
{
    private BoardActor(FirmwareSource firmware, BenchOptions options)
        : base(firmware, options)
    {
    }

    /// <param name="board">What the bench file says of it.</param>
    /// <param name="firmware">The script that runs on it already; nothing is flashed.</param>
    public static Props Props(BoardDescription board, FirmwareSource firmware) =>
        Props(new BoardTarget(board), firmware);

    /// <param name="target">The board, or what stands for one.</param>
    /// <param name="firmware">The script that runs on it.</param>
    public static Props Props(IModemTarget target, FirmwareSource firmware)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(firmware);
        return Producing(() => new BoardActor(firmware, new BenchOptions { Target = target }));
    }
}
