using System.CommandLine;
using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench check`: proves each part of a bench.</summary>
internal static class CheckCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = BenchArguments.Name("The board; all of the bench if left out.");
        var file = BenchArguments.File();
        var root = BenchArguments.Root();
        var gentle = new Option<bool>("--no-reset") { Description = "Do not reset the board or switch its supply." };
        var command = new Command("check", "Check each part of the bench, and say what is wrong and how to repair it.")
        {
            name, file, root, gentle,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            terminal, BenchBoards.Load(parsed.GetValue(file)), parsed.GetValue(name),
            new CheckOptions
            {
                Usb = BenchArguments.Usb(parsed.GetValue(root)),
                MayReset = !parsed.GetValue(gentle),
            },
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, BenchDescription bench, string? name, CheckOptions options, CancellationToken cancel)
    {
        IReadOnlyList<BoardDescription> boards = name is null ? bench.Boards : [BenchBoards.Find(bench, name)];
        terminal.Out.WriteLine(bench.Path);
        // Commands in the bench file count from its folder.
        Directory.SetCurrentDirectory(bench.Folder);
        var (well, held) = (true, false);
        foreach (var board in boards)
        {
            terminal.Out.WriteLine($"{board.Name}");
            var check = new BoardCheck(board, options, Tell);
            well &= await check.RunAsync(cancel) || check.IsHeld;
            held |= check.IsHeld;
        }

        if (name is null)
        {
            terminal.Out.WriteLine("the service");
            well &= await ServiceCheck.RunAsync(bench.Service, Tell, cancel);
        }

        return !well ? ExitCode.Failed : held ? ExitCode.TargetNotAvailable : ExitCode.Passed;

        void Tell(CheckLine line) => Write(terminal.Out, line);
    }

    private static void Write(TextWriter output, CheckLine line)
    {
        var outcome = line.Outcome switch
        {
            CheckOutcome.Ok => "ok     ",
            CheckOutcome.Failed => "FAILED ",
            _ => "skipped",
        };
        output.WriteLine($"  {outcome}  {line.Part}: "
            + $"{line.Text.Replace("\n", "\n             ", StringComparison.Ordinal)}");
    }
}
