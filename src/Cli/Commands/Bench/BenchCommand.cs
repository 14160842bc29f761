using System.CommandLine;
using AirHil.Board.Emulator;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench`: real boards, their ports and their supply.</summary>
internal static class BenchCommand
{
    private const string Board = "board:";

    public static Command Create(Terminal terminal) =>
        new("bench", "Real boards: what is there, whether it works, who holds it.")
        {
            DiscoverCommand.Create(terminal), CheckCommand.Create(terminal), ListCommand.Create(terminal),
            ConsoleCommand.Create(terminal), PowerCommand.Create(terminal), EmulateCommand.Create(terminal),
            ServeCommand.Create(terminal, Served, Known),
        };

    /// <summary>What a served board's name stands for.</summary>
    private static IModemTarget Served(string name, string? file) => name switch
    {
        TargetOpening.Virtual => new VirtualTarget { Clock = RigClock.Wall },
        TargetOpening.Emulated => new EmulatedBoardTarget(),
        _ when name.StartsWith(Board, StringComparison.Ordinal) =>
            BenchBoards.Open(BenchBoards.Load(file), name[Board.Length..]),
        _ => throw new UsageException($"'{name}' cannot be offered; name virtual, board:emulated or board:NAME"),
    };

    private static IReadOnlyList<string> Known(string? file) =>
        [.. BenchBoards.Load(file).Boards.Select(b => Board + b.Name)];
}
