using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AirHil.Board.BenchFile;
using AirHil.Board.Description;
using AirHil.Board.Lease;
using AirHil.Board.Ports;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench console`: a board's log on standard output, typed lines to one of its UARTs.</summary>
internal static class ConsoleCommand
{
    /// <summary>How long a typed line waits for its port, as at the start and while a module re-enumerates.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Create(Terminal terminal)
    {
        var name = BenchArguments.Name("The board; the only one of the bench if left out.");
        var file = BenchArguments.File();
        var root = BenchArguments.Root();
        var uart = new Option<int?>("--uart")
        {
            Description = "Where typed lines go, and whose bytes are shown on standard error; the first one if left "
                + "out.",
            HelpName = "N",
        };
        var end = new Option<string>("--line-end")
        {
            Description = "What follows a typed line: crlf, lf, cr or none.",
            HelpName = "END",
            DefaultValueFactory = _ => "crlf",
        };
        var length = CommonOptions.Duration("--for", "End after this time; until Ctrl-C if left out.");
        var command = new Command("console", "Show a board's log; lines typed go to a UART.")
        {
            name, file, root, uart, end, length,
        };
        command.SetAction((parsed, cancel) =>
        {
            var bench = BenchBoards.Load(parsed.GetValue(file));
            var board = BenchBoards.Find(bench, parsed.GetValue(name));
            return RunAsync(
                terminal, board, Uart(bench, board, parsed.GetValue(uart)), LineEnd(parsed.GetValue(end)!),
                BenchArguments.Usb(parsed.GetValue(root)), parsed.GetValue(length), cancel);
        });
        return command;
    }

    private static int? Uart(BenchDescription bench, BoardDescription board, int? number)
    {
        if (number is { } n && !board.Uarts.ContainsKey(n))
        {
            throw new UsageException(
                $"--uart: the board '{board.Name}' in {bench.Path} has no UART {n}; it has "
                    + (board.Uarts.Count == 0 ? "none" : string.Join(", ", board.Uarts.Keys)));
        }

        return number ?? (board.Uarts.Count == 0 ? null : board.Uarts.Keys.First());
    }

    private static string LineEnd(string name) => name switch
    {
        "crlf" => "\r\n",
        "lf" => "\n",
        "cr" => "\r",
        "none" => "",
        _ => throw new UsageException($"--line-end: '{name}' is not crlf, lf, cr or none"),
    };

    private static async Task<int> RunAsync(
        Terminal terminal, BoardDescription board, int? uart, string lineEnd, UsbTopology usb, TimeSpan? length,
        CancellationToken cancel)
    {
        terminal.InterruptedCode = ExitCode.Passed;
        BoardLease lease;
        try
        {
            lease = await BoardLease.AcquireAsync(board, TimeSpan.Zero, cancel);
        }
        catch (BoardHeldException e)
        {
            terminal.Error.WriteLine($"airhil: {e.Message}");
            return ExitCode.TargetNotAvailable;
        }

        using (lease)
        {
            var output = new ConsoleSink(terminal.Out, terminal.Error);
            using var log = Link("log", board.Log, 115_200, output, usb);
            using var line = uart is { } n
                ? Link($"uart{n}", board.Uarts[n].Port, board.Uarts[n].Baud, output, usb)
                : null;
            output.Log = log;
            log.Start();
            line?.Start();
            if (line is not null) ReadLines(terminal, line, lineEnd, cancel);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            if (length is { } time) limit.CancelAfter(time);
            while (!limit.IsCancellationRequested)
            {
                output.Tick();
                await Task.Delay(ConsoleSink.Period, limit.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }

            output.End();
            foreach (var link in (PortLink?[])[log, line]) Tell(terminal.Error, link);
        }

        // That is how a console ends.
        return ExitCode.Passed;
    }

    /// <summary>How often a port was open, and how much has gone over it.</summary>
    private static void Tell(TextWriter output, PortLink? link)
    {
        if (link is null) return;
        var (bytesIn, bytesOut, opened, lost) = link.Statistics;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{link.Name}: opened {opened} times, lost {lost} times, {bytesIn} bytes came, {bytesOut} bytes went"));
    }

    private static PortLink Link(string name, PortAddress address, int baud, ConsoleSink sink, UsbTopology usb) =>
        new(name, () => PortOpener.Open(address, baud, usb), sink, () => sink.Now);

    /// <summary>A read of the console cannot be called off, so a thread of its own waits for it.</summary>
    private static void ReadLines(Terminal terminal, PortLink line, string lineEnd, CancellationToken cancel)
    {
        void Read()
        {
            while (!cancel.IsCancellationRequested && terminal.In.ReadLine() is { } text)
            {
                var waited = Stopwatch.StartNew();
                while (!line.IsOpen && waited.Elapsed < Patience && !cancel.IsCancellationRequested) Thread.Sleep(20);
                if (line.TryWrite(Encoding.UTF8.GetBytes(text + lineEnd)) is { } problem)
                {
                    terminal.Error.WriteLine($"airhil: not sent: {problem}");
                }
            }
        }

        new Thread(Read) { IsBackground = true, Name = "typed lines" }.Start();
    }
}
