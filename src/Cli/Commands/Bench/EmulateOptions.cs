using System.CommandLine;
using AirHil.Board.Emulator;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Live.Network;

namespace AirHil.Cli.Commands.BenchCommands;

/// <summary>The options of `airhil bench emulate`.</summary>
internal sealed class EmulateOptions
{
    private readonly Option<string> _script = new("--script")
    {
        Description = "The script that is on the board: a folder with main.lua, or one file.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<double> _speed = SpeedOption.Create("Seconds of the board in one second; 1 if left out.");

    private readonly Option<string?> _folder = new("--dir")
    {
        Description = "The folder for the links to its ports; a temporary one if left out.",
        HelpName = "FOLDER",
    };

    private readonly Option<string> _location = new("--location")
    {
        Description = "Its place on the emulated USB bus, so that several boards fit into one folder.",
        HelpName = "PLACE",
        DefaultValueFactory = _ => new EmulatedBoardOptions().Location,
    };

    private readonly Option<string?> _benchFile = new("--bench-file")
    {
        Description = "Write a bench file with the board 'emulator' there, instead of printing one.",
        HelpName = "FILE",
    };

    private readonly Option<TimeSpan?> _unplug = CommonOptions.Duration(
        "--unplug-every", "Pull the USB cable at random moments, so often on average, for up to 3s each.");

    private readonly Option<bool> _off = new("--off")
    {
        Description = "Begin with the supply off; the relay switches it on.",
    };

    private readonly Option<string> _network = new("--network")
    {
        Description = "Its network: simulated with the default services, or live.",
        HelpName = "simulated|live",
        DefaultValueFactory = _ => "simulated",
    };

    private readonly Option<string[]> _allow = new("--allow")
    {
        Description = "With --network live: a host that the script may reach; any number; all if none is given.",
        HelpName = "HOST",
    };

    private readonly Option<string[]> _upstream = new("--upstream")
    {
        Description = "With --network live: what the script calls HOST:PORT is at TARGET:PORT; any number.",
        HelpName = "HOST:PORT=TARGET:PORT",
    };

    private readonly Option<bool> _quiet = new("-q", "--quiet")
    {
        Description = "Do not print what the board does.",
    };

    private readonly Option<ulong> _seed = CommonOptions.Seed();
    private readonly Option<int> _bits = CommonOptions.Bits();
    private readonly Option<DateTimeOffset?> _start = CommonOptions.Start();

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[
            _script, _speed, _folder, _location, _benchFile, _unplug, _off, _network, _allow, _upstream, _seed, _bits,
            _start, _quiet])
        {
            command.Add(option);
        }
    }

    /// <exception cref="UsageException">A value that is out of range, or two that contradict.</exception>
    public EmulateOrder Read(ParseResult parsed) =>
        new(parsed.GetValue(_script)!, parsed.GetValue(_benchFile), parsed.GetValue(_quiet))
        {
            Speed = parsed.GetValue(_speed),
            Seed = parsed.GetValue(_seed),
            Bits = parsed.GetValue(_bits),
            Start = parsed.GetValue(_start),
            Live = Live(
                parsed.GetValue(_network)!, parsed.GetValue(_speed), parsed.GetValue(_allow) ?? [],
                parsed.GetValue(_upstream) ?? []),
            Board = new EmulatedBoardOptions
            {
                Folder = parsed.GetValue(_folder),
                Location = parsed.GetValue(_location)!,
                DescribesUsb = true,
                StartsPowered = !parsed.GetValue(_off),
                UnplugEvery = parsed.GetValue(_unplug),
                Seed = parsed.GetValue(_seed),
            },
        };

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
}
