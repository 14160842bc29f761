using System.CommandLine;
using System.Globalization;
using AirHil.Board.Description;
using AirHil.Board.Emulator;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Live.Network;
using AirHil.Modem.Units;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>`airhil bench emulate`: a board without hardware, on pseudo-terminals.</summary>
internal static class EmulateCommand
{
    /// <summary>Somebody waits for Ctrl-C to be heard.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(200);

    public static Command Create(Terminal terminal)
    {
        var script = new Option<string>("--script")
        {
            Description = "The script that is on the board: a folder with main.lua, or one file.",
            HelpName = "DIR",
            Required = true,
        };
        var speed = new Option<double>("--speed")
        {
            Description = "Seconds of the board in one second; 1 if left out.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var folder = new Option<string?>("--dir")
        {
            Description = "The folder for the links to its ports; a temporary one if left out.",
            HelpName = "FOLDER",
        };
        var location = new Option<string>("--location")
        {
            Description = "Its place on the emulated USB bus, so that several boards fit into one folder.",
            HelpName = "PLACE",
            DefaultValueFactory = _ => new EmulatedBoardOptions().Location,
        };
        var benchFile = new Option<string?>("--bench-file")
        {
            Description = "Write a bench file with the board 'emulator' there, instead of printing one.",
            HelpName = "FILE",
        };
        var unplug = CommonOptions.Duration(
            "--unplug-every", "Pull the USB cable at random moments, so often on average, for up to 3s each.");
        var off = new Option<bool>("--off") { Description = "Begin with the supply off; the relay switches it on." };
        var network = new Option<string>("--network")
        {
            Description = "Its network: simulated with the default services, or live.",
            HelpName = "simulated|live",
            DefaultValueFactory = _ => "simulated",
        };
        var allow = new Option<string[]>("--allow")
        {
            Description = "With --network live: a host that the script may reach; any number; all if none is given.",
            HelpName = "HOST",
        };
        var upstream = new Option<string[]>("--upstream")
        {
            Description = "With --network live: what the script calls HOST:PORT is at TARGET:PORT; any number.",
            HelpName = "HOST:PORT=TARGET:PORT",
        };
        var quiet = new Option<bool>("-q", "--quiet") { Description = "Do not print what the board does." };
        var seed = CommonOptions.Seed();
        var bits = CommonOptions.Bits();
        var start = CommonOptions.Start();
        var command = new Command("emulate", "A board without hardware: a virtual module on pseudo-terminals; Linux.")
        {
            script, speed, folder, location, benchFile, unplug, off, network, allow, upstream,
            seed, bits, start, quiet,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            terminal,
            new Order(parsed.GetValue(script)!, parsed.GetValue(benchFile), parsed.GetValue(quiet))
            {
                Speed = Speed(parsed.GetValue(speed)),
                Seed = parsed.GetValue(seed),
                Bits = parsed.GetValue(bits),
                Start = parsed.GetValue(start),
                Live = Live(
                    parsed.GetValue(network)!, parsed.GetValue(speed), parsed.GetValue(allow) ?? [],
                    parsed.GetValue(upstream) ?? []),
                Board = new EmulatedBoardOptions
                {
                    Folder = parsed.GetValue(folder),
                    Location = parsed.GetValue(location)!,
                    DescribesUsb = true,
                    StartsPowered = !parsed.GetValue(off),
                    UnplugEvery = parsed.GetValue(unplug),
                    Seed = parsed.GetValue(seed),
                },
            },
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, Order order, CancellationToken cancel)
    {
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

    private static void Announce(TextWriter output, EmulatedBoard board, Order order, EmulatedFlash flash)
    {
        var text = BenchFile(board.Describe("emulator"), board, flash);
        output.WriteLine($"log    {board.LogPort}");
        output.WriteLine($"uart1  {board.UartPort}");
        output.WriteLine($"vuart  {board.VirtualUartPort}");
        output.WriteLine($"relay  {board.RelayPort}");
        if (order.BenchFile is { } file)
        {
            File.WriteAllText(file, text);
            output.WriteLine($"bench  {file}: airhil test --target board:emulator --bench {file}");
        }
        else
        {
            output.WriteLine();
            output.WriteLine(text);
        }

        output.WriteLine(
            $"airhil bench discover --usb-root {board.Folder} finds it as it would a real one; Ctrl-C ends it");
        output.Flush();
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

    /// <summary>A YAML scalar that holds any path.</summary>
    private static string Quoted(string path) => $"'{path.Replace("'", "''", StringComparison.Ordinal)}'";

    private static double Speed(double speed) => speed is >= 0.01 and <= 1000
        ? speed
        : throw new UsageException(
            string.Create(CultureInfo.InvariantCulture, $"--speed: {speed} is not a number from 0.01 to 1000"));

    /// <summary>Null: the network is simulated.</summary>
    private static LiveNetworkOptions? Live(string name, double speed, string[] allowed, string[] upstreams) =>
        name switch
        {
            "simulated" when allowed.Length + upstreams.Length > 0 => throw new UsageException(
                "--allow and --upstream: they say what --network live may reach"),
            "simulated" => null,
            "live" when speed != 1 => throw new UsageException(
                "--network live: real servers answer in real time; leave --speed out"),
            "live" => TargetOpening.LiveOptions(allowed, upstreams),
            _ => throw new UsageException($"--network: '{name}' is neither simulated nor live"),
        };

    private sealed record Order(string Script, string? BenchFile, bool IsQuiet)
    {
        public required double Speed { get; init; }
        public required ulong Seed { get; init; }
        public required int Bits { get; init; }
        public required DateTimeOffset? Start { get; init; }
        public required LiveNetworkOptions? Live { get; init; }
        public required EmulatedBoardOptions Board { get; init; }
    }
}
