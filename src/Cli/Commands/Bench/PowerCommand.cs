using System.CommandLine;
using AirHil.Board.BenchFile;
using AirHil.Board.Lease;
using AirHil.Board.Power;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench power`: switches a board's supply.</summary>
internal static class PowerCommand
{
    private static readonly TimeSpan DefaultOffTime = TimeSpan.FromSeconds(2);

    public static Command Create(Terminal terminal)
    {
        var name = new Argument<string>("NAME") { Description = "The board." };
        var act = new Argument<string>("on|off|cycle") { Description = "What to do; cycle is off and on again." };
        var file = BenchArguments.File();
        var off = CommonOptions.Duration("--off-time", "How long cycle leaves it off; 2s if left out.");
        var command = new Command("power", "Switch a board's supply.") { name, act, file, off };
        command.SetAction((parsed, cancel) => RunAsync(
            terminal, BenchBoards.Load(parsed.GetValue(file)), parsed.GetValue(name)!, parsed.GetValue(act)!,
            parsed.GetValue(off) ?? DefaultOffTime, cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, BenchDescription bench, string name, string act, TimeSpan offTime, CancellationToken cancel)
    {
        if (act is not ("on" or "off" or "cycle"))
        {
            throw new UsageException($"bench power: '{act}' is not on, off or cycle");
        }

        var board = BenchBoards.Find(bench, name);
        if (board.Power is null)
        {
            throw new UsageException(
                $"{bench.Path}: the board '{name}' has no power switch (key power); see "
                    + "docs/bench.md", ExitCode.TargetNotAvailable);
        }

        if (PowerSwitch.For(board.Power, board.Name) is not { } power)
        {
            throw new UsageException(
                $"the board '{name}' is switched by a person, and there is no terminal to "
                    + "ask at", ExitCode.TargetNotAvailable);
        }

        Directory.SetCurrentDirectory(bench.Folder);
        try
        {
            using var lease = await BoardLease.AcquireAsync(board, TimeSpan.Zero, cancel);
            if (act is "off" or "cycle") await power.SwitchAsync(false, cancel);
            if (act is "cycle") await Task.Delay(offTime, cancel);
            if (act is "on" or "cycle") await power.SwitchAsync(true, cancel);
            return ExitCode.Passed;
        }
        catch (Exception e) when (e is BoardHeldException or PowerSwitchException)
        {
            terminal.Error.WriteLine($"airhil: {e.Message}");
            return ExitCode.TargetNotAvailable;
        }
    }
}
