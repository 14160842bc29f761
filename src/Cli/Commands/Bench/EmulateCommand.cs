using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Board.Description;
using AirHil.Board.Emulator;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;
using AirHil.Live.Network;
using AirHil.Modem.Units;
using AirHil.Rig.Files;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench emulate`: a board without hardware, on pseudo-terminals.</summary>
internal static partial class EmulateCommand
{
    /// <summary>Somebody waits for Ctrl-C to be heard.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    /// <summary>What has more bytes is none of ours.</summary>
    private const int MostBenchBytes = 1 << 20;

    public static Command Create(Terminal terminal)
    {
        var command = new Command("emulate", "A board without hardware: a virtual module on pseudo-terminals; Linux.");
        var options = new EmulateOptions();
        options.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(terminal, options.Read(parsed), cancel));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, EmulateOrder order, CancellationToken cancel)
    {
        terminal.InterruptedCode = ExitCode.Passed;
        var gate = new Lock();
        using var flash = new EmulatedFlash(order.Script, TellOfScript);
        var target = new BareBoardTarget
        {
            Bits = order.Bits,
            Speed = order.Speed,
            Network = order.Live is { } live ? _ => new LiveNetwork(live) : null,
            Board = order.Board with { Told = order.IsQuiet ? null : Tell },
            Flashed = flash.Read,
            Started = Begin,
        };
        var options = new BenchOptions { Seed = order.Seed, Target = target, KeptEvents = 1000 };
        // Whoever asks for the real network means the real servers; the tutorial's hosts would hide them.
        if (order.Live is not null) options = options with { Services = [] };
        if (order.Start is { } date) options = options with { StartDate = date };
        await using var bench = new Bench(options);
        try
        {
            bench.Firmware(flash.Source);
        }
        catch (PlatformNotSupportedException e)
        {
            throw new UsageException(e.Message, ExitCode.TargetNotAvailable);
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--location: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the board cannot be laid out (--dir, --bench-file): {e.Message}");
        }

        while (!cancel.IsCancellationRequested) await bench.RunFor(Slice * order.Speed);
        // That is how an emulator ends.
        return ExitCode.Passed;

        void Begin(EmulatedBoard board)
        {
            flash.Erase(board.Folder, order.Board.Location);
            Announce(terminal.Out, board, order, flash);
        }

        // On the board's own thread, as the one below.
        void TellOfScript(string what)
        {
            if (order.IsQuiet) return;
            lock (gate) terminal.Out.WriteLine($"{"",14}  {what}");
        }

        void Tell(string what, TimeSpan at)
        {
            var whole = TimeSpan.FromMilliseconds(Math.Floor(at.TotalMilliseconds));
            lock (gate) terminal.Out.WriteLine($"{DurationText.Format(whole),14}  {what}");
        }
    }

    private static void Announce(TextWriter output, EmulatedBoard board, EmulateOrder order, EmulatedFlash flash)
    {
        var text = BenchFile(board.Describe("emulator"), board, flash);
        output.WriteLine($"log    {board.LogPort}");
        output.WriteLine($"uart1  {board.UartPort}");
        output.WriteLine($"vuart  {board.VirtualUartPort}");
        output.WriteLine($"relay  {board.RelayPort}");
        output.WriteLine($"boot   {board.BootPort} (while the module is in download mode)");
        if (order.BenchFile is { } file)
        {
            CheckReplaced(file, text);
            WholeFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
            output.WriteLine($"bench  {file}: airhil test --target board:emulator --bench {ShellWords.Path(file)}");
        }
        else
        {
            output.WriteLine();
            output.WriteLine(text);
        }

        output.WriteLine(
            $"airhil bench discover --usb-root {ShellWords.Path(board.Folder)} finds it as it would a real one; " +
            "Ctrl-C ends it");
        output.Flush();
    }

    /// <summary>
    /// What an emulator wrote may be replaced, and it may have had other paths. What somebody wrote, or added to it, is
    /// kept.
    /// </summary>
    /// <exception cref="UsageException">It would be lost.</exception>
    private static void CheckReplaced(string file, string text)
    {
        if (FileStatus.Of(file).Kind == FileKind.Missing) return;
        if (Shape(InputFile.ReadText(file, MostBenchBytes)) == Shape(text)) return;
        throw new UsageException(
            $"--bench-file: '{file}' is not as an emulator wrote it, and would be lost; name another file, " +
            "or delete it");

        static string Shape(string text) => PathInQuotes().Replace(text, "/");
    }

    private static string BenchFile(BoardDescription description, EmulatedBoard board, EmulatedFlash flash) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # A board without hardware; it is there while 'airhil bench emulate' runs.
            boards:
              {description.Name}:
                log: {Quoted(board.LogPort)}
                uarts:
                  {EmulatedBoard.WiredUart}:
                    port: {Quoted(board.UartPort)}
                    baud: {description.Uarts[EmulatedBoard.WiredUart].Baud}
                  {EmulatedBoard.VirtualUart}: {Quoted(board.VirtualUartPort)}
                power:
                  relay: {"{"} port: {Quoted(board.RelayPort)}, channel: {EmulatedBoard.RelayChannel} {"}"}
                reset: log-port
                firmware: {description.Firmware}
                deploy: {Quoted(flash.Deploy)}

            """);

    /// <summary>Quotes in quotes are double.</summary>
    [GeneratedRegex(@"(?<quote>''?)/[^'\n]*\k<quote>")]
    private static partial Regex PathInQuotes();

    /// <summary>A YAML scalar that holds any path.</summary>
    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";
}
