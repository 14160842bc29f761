using System.CommandLine;
using System.Diagnostics;
using AirHil.Cli.Orders;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Cli.Commands;

/// <summary>`airhil run`: one script on the virtual module, its log on standard output.</summary>
internal static class RunCommand
{
    private static readonly TimeSpan DefaultLength = TimeSpan.FromSeconds(60);
    // between two looks at the terminal
    private static readonly TimeSpan LongestSlice = TimeSpan.FromSeconds(10);
    // on the wall clock somebody watches the log come in
    private static readonly TimeSpan WallSlice = TimeSpan.FromMilliseconds(100);

    public static Command Create(Terminal terminal, Task ready)
    {
        var script = new Argument<string>("SCRIPT-OR-FOLDER")
        {
            Description = "A script, a folder with main.lua and what it requires, or a Luatools project (.ini).",
        };
        var length = CommonOptions.Duration("--for", "How long to simulate: 500ms, 40s, 2m, 24h; 60s if left out.");
        var seed = CommonOptions.Seed();
        var bits = CommonOptions.Bits();
        var start = CommonOptions.Start();
        var at = new Option<string[]>("--at")
        {
            Description = "A time, and what happens then; any number of times. The phrases are below.",
            HelpName = "\"TIME PHRASE\"",
        };
        var service = new Option<string[]>("--service")
        {
            Description = "A service of your own: wss://host/path=echo, =silent, =airtun or \"=answers X=>Y\"; " +
                "any number of times.",
            HelpName = "URL=BEHAVIOUR",
        };
        var show = new Option<string?>("--show")
        {
            Description = "Also show, on standard error: uart, pin, net, service, power, rig, or all.",
            HelpName = "LANES",
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "Exit 1 if the Lua VM exited, the watchdog reset the module, or the script called a " +
                "function that is not modelled.",
        };
        var unmodelled = CommonOptions.AllowUnmodelled();
        var libraries = CommonOptions.Libraries();
        var coverage = CommonOptions.Coverage();
        var record = CommonOptions.Record();
        var mask = CommonOptions.Mask();
        var watch = CommonOptions.Watch();
        var target = new TargetOptions();
        var command = new Command(
            "run", "Run a script on the virtual module, or on a board; its log goes to standard output.")
        {
            script, length, seed, bits, start, at, service, show, strict, unmodelled, libraries, coverage, record, mask,
            watch,
        };
        target.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(
            terminal,
            new Order(
                parsed.GetValue(script)!, parsed.GetValue(length) ?? DefaultLength, parsed.GetValue(seed),
                parsed.GetValue(bits), parsed.GetValue(start),
                parsed.GetValue(at) ?? [], parsed.GetValue(service) ?? [], parsed.GetValue(show),
                parsed.GetValue(strict), parsed.GetValue(coverage), target.Read(parsed))
            {
                Record = parsed.GetValue(record),
                AllowedUnmodelled = CommonOptions.Names(parsed, unmodelled),
                Libraries = parsed.GetValue(libraries) ?? [],
                Mask = parsed.GetValue(mask),
                Watch = CommonOptions.PortOf(parsed, watch),
            },
            ready,
            cancel));
        return command;
    }

    /// <summary>What --help adds: the phrases of --at.</summary>
    public static string HelpText()
    {
        var forms = ActPhrase.Catalogue;
        var width = forms.Max(f => f.Form.Length) + 2;
        return "Phrases of --at (faults that last take \"for DURATION\"):\n" +
            string.Concat(forms.Select(f => $"  {f.Form.PadRight(width)}{f.Meaning}\n")) +
            "\nExamples:\n" +
            "  airhil run firmware --for 5m --at \"20s drop coverage for 30s\" --at \"90s drop connection\"\n" +
            "  airhil run main.lua --at \"10.5s uart '\\\"echo\\\"\\r\\n'\" --show uart,net\n" +
            "  airhil run . --service wss://cloud.example/feed=echo --strict\n";
    }

    private static async Task<int> RunAsync(
        Terminal terminal, Order order, Task ready, CancellationToken cancel)
    {
        var lanes = LaneList.Parse(
            "--show", order.Show, "uart", "pin", "bus", "net", "service", "script", "power", "rig", "all");
        var acts = order.At.Select(text => Act(text, order)).ToArray();
        var endpoints = order.Services.Select(ParseService).ToArray();
        var source = ScriptLibraries.From(order.Libraries).Complete(Source(order.Script, terminal.Error));
        OutputPath.CheckFolder("--record", order.Record);
        var coverage = CoverageFile.Open(order.Coverage);
        await using var target = await TargetOpening.OpenAsync(order.Target, cancel);
        var options = Options(order, target, source.Name, coverage);
        await CheckTarget(options.Target, acts, source, cancel);
        var clock = Stopwatch.StartNew();
        await ready;
        await using var bench = new Bench(options);
        await using var view = await WatchPage.OpenAsync(
            terminal, order.Watch, source.Name, target.Name, order.Seed);
        var entry = view?.View.Add(source.Name, bench);
        using var recorder = Recorder(bench, order, source.Name);
        using var log = new LogWriter(terminal.OpenLog());
        using var progress = Progress.OnTerminal(terminal, order.Length);
        var events = new EventWriter(terminal.Error, lanes);
        foreach (var endpoint in endpoints) Told($"--service {endpoint.Url}", () => bench.AddService(endpoint));
        bench.Firmware(source);
        ModemGone? lost = null;
        bench.Watch(sighting =>
        {
            lost ??= sighting.Event as ModemGone;
            log.Write(sighting);
            if (lanes.Count > 0) events.Write(sighting);
        });
        foreach (var act in acts) Told($"--at \"{act}\"", () => bench.Schedule(act));
        await bench.ApplyPower();
        await RunToEnd(
            bench, terminal, order.Length, log, progress,
            () => cancel.IsCancellationRequested || recorder?.HasFailed == true || lost is not null);
        entry?.Finish();
        var summary = bench.Summary();
        SummaryWriter.Write(terminal.Error, summary, order.Seed, clock.Elapsed);
        var endings = new Endings(terminal.Error);
        endings.Do(() => recorder?.Finish());
        endings.Do(() => coverage?.Write());
        endings.Conclude();
        if (recorder is not null) terminal.Error.WriteLine($"recorded {recorder.Path}");
        if (view is not null) await view.StayAsync(cancel);
        if (endings.HasFailed) return ExitCode.Usage;
        if (cancel.IsCancellationRequested) return ExitCode.Interrupted;
        if (lost is not null)
        {
            throw new UsageException(
                $"the modem was lost at {DurationText.Say(lost.At)}: {lost.Reason}", ExitCode.TargetNotAvailable);
        }

        return order.Strict && HasDied(summary, order) ? ExitCode.Failed : ExitCode.Passed;
    }

    /// <summary>Tells with its option what the bench cannot do.</summary>
    private static void Told(string option, Action want)
    {
        try
        {
            want();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            throw new UsageException($"{option}: {e.Message}");
        }
    }

    private static BenchOptions Options(Order order, TargetChoice target, string script, CoverageFile? coverage)
    {
        var options = new BenchOptions
        {
            Seed = order.Seed,
            Target = target.Make(new TargetUse(script, order.Bits, coverage?.Report)),
            KeptEvents = 1000,
            Vitals = order.Record is null && order.Watch is null ? null : TestOrder.VitalsInterval,
        };
        // Whoever asks for the real network means the real servers; the tutorial's hosts would hide them.
        if (order.Target.IsLive) options = options with { Services = [] };
        if (target.Network is { } link) options = options with { NetworkProfile = link };
        if (order.Start is { } date) options = options with { StartDate = date };
        return options;
    }

    /// <summary>Before the run's time begins: a board may take minutes.</summary>
    private static async Task CheckTarget(
        IModemTarget target, ScheduledAct[] acts, FirmwareSource source, CancellationToken cancel)
    {
        foreach (var scheduled in acts)
        {
            if (scheduled.Act.Needs is { } needs && Requirement.Lacking(target, needs) is { } lacking)
            {
                throw new UsageException($"--at: {lacking}", ExitCode.TargetNotAvailable);
            }
        }

        if (await target.PrepareAsync(source, cancel) is { } reason)
        {
            throw new UsageException($"'{target.Name}' cannot run it: {reason}", ExitCode.TargetNotAvailable);
        }
    }

    private static async Task RunToEnd(
        Bench bench, Terminal terminal, TimeSpan length, LogWriter log, Progress progress, Func<bool> isOver)
    {
        var isWall = bench.Options.Clock == RigClock.Wall;
        var slice = isWall ? WallSlice : LongestSlice;
        while (bench.Now < length && !isOver() && !log.IsClosed)
        {
            var left = length - bench.Now;
            await bench.RunUntil(isOver, left < slice ? left : slice);
            progress.Report(bench.Now);
            if (isWall || !terminal.IsOutputRedirected) log.Flush();
        }

        log.Flush();
        progress.Clear();
    }

    private static bool HasDied(RunSummary summary, Order order) =>
        summary.Errors.Any(e => e.ExitsVm)
            || summary.Resets.Any(r => r.Reason == Modem.Messages.StartReason.Watchdog)
            || summary.NotModelled.Any(call => !call.IsAllowed(order.AllowedUnmodelled));

    private static SessionRecorder? Recorder(Bench bench, Order order, string title)
    {
        if (order.Record is null) return null;
        return SessionRecorder.Start(
            bench,
            SessionFiles.Reserve(order.Record, title, SessionCompression.Zstandard),
            SessionHeader.For(bench.Options) with { Title = title },
            order.Mask ? MaskOptions.WithFreshKey() : null);
    }

    private static ScheduledAct Act(string text, Order order)
    {
        ScheduledAct act;
        try
        {
            act = ScheduledAct.Parse(text, order.Seed);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--at \"{text}\": {e.Message}. `airhil run --help` lists the phrases.");
        }

        return act.At <= order.Length
            ? act
            : throw new UsageException(
                $"--at \"{text}\": the run ends at {DurationText.Format(order.Length)}, so this would never " +
                $"happen; give a longer --for");
    }

    private static FirmwareSource Source(string path, TextWriter error)
    {
        var source = FirmwareSource.FromPath(path);
        if (source.LeftOut.Count > 0)
        {
            error.WriteLine(
                $"note: the module gets no {string.Join(", ", source.LeftOut)}; a line in airhil.layout beside " +
                "main.lua adds a file that is no script");
        }

        foreach (var (name, content) in source.Files)
        {
            if (name.EndsWith(".lua", StringComparison.Ordinal) && content.Span.StartsWith("\u001bLua"u8))
            {
                throw new UsageException(
                    $"'{path}': {name} is compiled Lua (it begins with ESC Lua); give the source text, which is " +
                    $"what runs here");
            }
        }

        return source;
    }

    private static Endpoint ParseService(string text)
    {
        try
        {
            return EndpointText.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--service {text}: {e.Message}");
        }
    }

    private sealed record Order(
        string Script, TimeSpan Length, ulong Seed, int Bits, DateTimeOffset? Start, string[] At, string[] Services,
        string? Show, bool Strict, string? Coverage, TargetOrder Target)
    {
        public string? Record { get; init; }
        public string[] AllowedUnmodelled { get; init; } = [];
        public string[] Libraries { get; init; } = [];
        public bool Mask { get; init; }
        public int? Watch { get; init; }
    }
}
