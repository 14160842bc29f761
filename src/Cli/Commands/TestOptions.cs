using System.CommandLine;
using AirHil.Cli.Orders;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;

namespace AirHil.Cli.Commands;

/// <summary>The command line of `airhil test`.</summary>
internal sealed class TestOptions
{
    private readonly Argument<string[]> _paths = new("PATHS")
    {
        Description = "Feature files, folders, scenarios as FILE:LINE; the folder features, here or above, if none " +
            "is given.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly TargetOptions _target = new();
    private readonly Option<ulong> _seed = CommonOptions.Seed();
    private readonly Option<int> _bits = CommonOptions.Bits();
    private readonly Option<DateTimeOffset?> _start = CommonOptions.Start();

    private readonly Option<string?> _tags = new("--tags")
    {
        Description = "Only scenarios whose tags match: \"@uart and not @long\".",
        HelpName = "EXPRESSION",
    };

    private readonly Option<string?> _name = new("-k")
    {
        Description = "Only scenarios with this text in their full name.",
        HelpName = "TEXT",
    };

    private readonly Option<int> _jobs = CommonOptions.Jobs(
        "How many scenarios run at once; 0: the target's default. Results do not depend on it.");

    private readonly Option<bool> _long = new("--long")
    {
        Description = "On a wall clock, also run scenarios with the tag @long.",
    };

    private readonly Option<int> _reruns = CommonOptions.Number(
        "--reruns", "N", "On a wall clock, repeat a failed scenario up to N times; the result says so.", 0, 0,
        10);

    private readonly Option<string?> _output = new("-o", "--output")
    {
        Description = "A folder for report.html, junit.xml, messages.ndjson and recordings of what failed.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _junit = new("--junit") { Description = "Write JUnit XML.", HelpName = "FILE" };

    private readonly Option<string?> _messages = new("--messages")
    {
        Description = "Write Cucumber messages (NDJSON).",
        HelpName = "FILE",
    };

    private readonly Option<string?> _record = CommonOptions.Record();
    private readonly Option<bool> _mask = CommonOptions.Mask();
    private readonly Option<int?> _watch = CommonOptions.Watch();

    private readonly Option<string> _format = CommonOptions.Format(
        "text, or json: one line with one object for each scenario.");

    private readonly Option<bool> _verbose = new("-v", "--verbose")
    {
        Description = "Print one line for each scenario instead of one for each feature.",
    };

    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "List what would run, and what the target cannot do.",
    };

    private readonly Option<bool> _hashes = new("--hashes")
    {
        Description = "Print each scenario's session hash and nothing else.",
    };

    private readonly Option<bool> _failOnSkip = new("--fail-on-skip")
    {
        Description = "Exit 1 also if a scenario was skipped, for whatever reason.",
    };

    private readonly Option<TimeSpan?> _limit = CommonOptions.Duration(
        "--wall-limit", "Stop after this much real time, with exit code 42; the default is the bench's limit, or 1h.");

    private readonly Option<string[]> _bindings = StepSources.Option();
    private readonly Option<string?> _coverage = CommonOptions.Coverage();
    private readonly Option<string[]> _unmodelled = CommonOptions.AllowUnmodelled();
    private readonly Option<string[]> _libraries = CommonOptions.Libraries();

    /// <summary>Adds them to the command.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_paths);
        Option[] all =
        [
            _seed, _bits, _start, _tags, _name, _jobs, _long, _reruns, _output, _junit, _messages, _record, _mask,
            _watch, _format, _verbose, _dryRun, _hashes, _limit, _coverage, _bindings,
            _unmodelled, _libraries, _failOnSkip,
        ];
        foreach (var option in all) command.Options.Add(option);
        _target.AddTo(command);
    }

    /// <summary>What the command line says.</summary>
    /// <exception cref="UsageException">A word is not one of those that an option takes.</exception>
    public TestOrder Read(ParseResult parsed) => new()
    {
        Paths = parsed.GetValue(_paths) ?? [],
        Bindings = parsed.GetValue(_bindings) ?? [],
        AllowedUnmodelled = CommonOptions.Names(parsed, _unmodelled),
        Libraries = parsed.GetValue(_libraries) ?? [],
        Seed = parsed.GetValue(_seed),
        Bits = parsed.GetValue(_bits),
        Start = parsed.GetValue(_start),
        Tags = parsed.GetValue(_tags),
        Name = parsed.GetValue(_name),
        Jobs = parsed.GetValue(_jobs),
        Target = _target.Read(parsed),
        WithLong = parsed.GetValue(_long),
        Reruns = parsed.GetValue(_reruns),
        Output = parsed.GetValue(_output),
        JUnit = parsed.GetValue(_junit),
        Messages = parsed.GetValue(_messages),
        Record = parsed.GetValue(_record),
        Mask = parsed.GetValue(_mask),
        Watch = CommonOptions.PortOf(parsed, _watch),
        IsJson = CommonOptions.IsJson(parsed.GetValue(_format)!),
        Verbose = parsed.GetValue(_verbose),
        DryRun = parsed.GetValue(_dryRun),
        Hashes = parsed.GetValue(_hashes),
        Coverage = parsed.GetValue(_coverage),
        FailOnSkip = parsed.GetValue(_failOnSkip),
        WallLimit = parsed.GetValue(_limit),
    };
}
