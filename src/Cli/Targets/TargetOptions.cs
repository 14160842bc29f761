using System.CommandLine;
using AirHil.Cli.Usage;
using AirHil.Rig.Time;

namespace AirHil.Cli.Targets;

/// <summary>The options that say what a command runs on.</summary>
internal sealed class TargetOptions
{
    private readonly Option<string> _target = new("--target")
    {
        Description = "What to run on: virtual, board:NAME, board:emulated, remote:URL or recorded:FILE.",
        HelpName = "TARGET",
        DefaultValueFactory = _ => TargetOpening.Virtual,
    };

    private readonly Option<string> _clock = new("--clock")
    {
        Description = "The clock of the virtual module: virtual, or wall.",
        HelpName = "virtual|wall",
        DefaultValueFactory = _ => "virtual",
    };

    private readonly Option<string> _network = new("--network")
    {
        Description = "The virtual module's network: simulated, or live (real DNS, TCP and TLS; needs --clock wall).",
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
        Description = "With --network live: a service of your own, HOST:PORT=TARGET:PORT, with the faults in between.",
        HelpName = "PLACES",
    };

    private readonly Option<double> _speed = SpeedOption.Create(
        "On the wall clock, for models: how many times faster than real time; 1 if left out.");

    private readonly Option<string?> _bench = new("--bench")
    {
        Description = "The bench file; airhil.bench.yaml, here or above, if left out.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _token = new("--token-file")
    {
        Description = "For remote:URL: a file with the token that the bench's server asks for.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _fingerprint = new("--fingerprint")
    {
        Description = "For remote:URL: the SHA-256 of the bench's certificate, as the bench prints it.",
        HelpName = "HEX",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Timings for the virtual module, as `airhil compare --fit` writes them.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _firmware = FirmwareOption.Create();

    private readonly Option<string[]> _stub = new("--stub")
    {
        Description = "Functions or libraries of the virtual module that do nothing and return nil, with commas " +
            "between: lcd,audio.play; \"lcd.init = true\" says what one returns; @FILE has one on each line. Their " +
            "calls are listed.",
        HelpName = "NAME,…",
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] all =
        [
            _target, _clock, _network, _allow, _upstream, _speed, _bench, _token, _fingerprint, _profile,
            _firmware, _stub,
        ];
        foreach (var option in all) command.Options.Add(option);
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">A word is not one of those that an option takes.</exception>
    public TargetOrder Read(ParseResult parsed) => new()
    {
        Target = parsed.GetValue(_target)!,
        Clock = parsed.GetValue(_clock) switch
        {
            "virtual" => RigClock.Virtual,
            "wall" => RigClock.Wall,
            var other => throw new UsageException($"--clock: '{other}' is neither virtual nor wall"),
        },
        IsLive = parsed.GetValue(_network) switch
        {
            "simulated" => false,
            "live" => true,
            var other => throw new UsageException($"--network: '{other}' is neither simulated nor live"),
        },
        Allowed = parsed.GetValue(_allow) ?? [],
        Upstreams = parsed.GetValue(_upstream) ?? [],
        Speed = parsed.GetValue(_speed),
        BenchFile = parsed.GetValue(_bench),
        TokenFile = parsed.GetValue(_token),
        Fingerprint = parsed.GetValue(_fingerprint),
        Profile = parsed.GetValue(_profile),
        Firmware = FirmwareOption.Read(parsed.GetValue(_firmware)),
        Stubs = StubWords.Read(parsed.GetValue(_stub) ?? []),
    };
}
