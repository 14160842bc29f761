using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using AirHil.Cli.Output;
using AirHil.Cli.Targets;
using AirHil.Gherkin;
using AirHil.Modem.Units;
using AirHil.Steps;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>`airhil test`: features on the virtual module, no compiler needed.</summary>
internal static class TestCommand
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    public static Command Create(Task ready)
    {
        var paths = new Argument<string[]>("PATHS")
        {
            Description = "Feature files and folders; the folder features, here or above, if none is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var seed = CommonOptions.Seed();
        var bits = CommonOptions.Bits();
        var start = CommonOptions.Start();
        var tags = new Option<string?>("--tags")
        {
            Description = "Only scenarios whose tags fit: \"@uart and not @long\".",
            HelpName = "EXPRESSION",
        };
        var name = new Option<string?>("-k")
        {
            Description = "Only scenarios with this text in their full name.",
            HelpName = "TEXT",
        };
        var jobs = CommonOptions.Number(
            "-j", "N", "How many scenarios at once; 0: as suits the target. Results do not depend on it.", 0, 0, 1024);
        var target = new TargetOptions();
        var withLong = new Option<bool>("--long")
        {
            Description = "On a wall clock, run scenarios tagged @long too.",
        };
        var format = new Option<string>("--format")
        {
            Description = "text, or json: one object a scenario and a line.",
            HelpName = "text|json",
            DefaultValueFactory = _ => "text",
        };
        var verbose = new Option<bool>("-v", "--verbose")
        {
            Description = "A line for every scenario, not for every feature.",
        };
        var dryRun = new Option<bool>("--dry-run")
        {
            Description = "List what would run, and what the target cannot do.",
        };
        var hashes = new Option<bool>("--hashes")
        {
            Description = "Print each scenario's session hash and nothing else.",
        };
        var limit = CommonOptions.Duration("--wall-limit",
            "Give up after this much real time, with exit code 42; 1h if left out.");
        var coverage = CommonOptions.Coverage();
        var command = new Command("test", "Run features, on the virtual module or on a board.")
        {
            paths, seed, bits, start, tags, name, jobs, withLong, format, verbose, dryRun, hashes, limit, coverage,
        };
        target.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(
            new Order
            {
                Paths = parsed.GetValue(paths) ?? [],
                Seed = parsed.GetValue(seed),
                Bits = parsed.GetValue(bits),
                Start = parsed.GetValue(start),
                Tags = parsed.GetValue(tags),
                Name = parsed.GetValue(name),
                Jobs = parsed.GetValue(jobs),
                Target = target.Read(parsed),
                WithLong = parsed.GetValue(withLong),
                Format = parsed.GetValue(format)!,
                Verbose = parsed.GetValue(verbose),
                DryRun = parsed.GetValue(dryRun),
                Hashes = parsed.GetValue(hashes),
                Coverage = parsed.GetValue(coverage),
                WallLimit = parsed.GetValue(limit) ?? TimeSpan.FromHours(1),
            },
            ready,
            cancel));
        return command;
    }

    private static async Task<int> RunAsync(Order order, Task ready, CancellationToken cancel)
    {
        Check(order);
        string[] paths = order.Paths.Length > 0 ? order.Paths : [FeatureFolder.Find()];
        var plan = FeaturePlan.Load(paths);
        foreach (var error in plan.Errors) Console.Error.WriteLine($"airhil: {error.Message}");
        var filter = new CaseFilter(ParseTags(order.Tags), order.Name);
        var cases = plan.Cases.Where(filter.Matches).ToArray();
        var catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);
        var able = order.Target.Make(order.Bits, null);
        var left = cases.Select(c => ScenarioNeeds.WhyNot(c, catalogue, able, order.WithLong)).ToArray();
        if (order.DryRun) return List(cases, left, plan.Errors.Count);
        if (cases.Length == 0)
        {
            if (plan.Errors.Count > 0) return ExitCode.Usage;
            Console.Error.WriteLine(plan.Cases.Count == 0
                ? ($"airhil: nothing to run: no scenario in {string.Join(", ", paths)}; features are files named " +
                    $"*.feature")
                : ($"airhil: nothing to run: {plan.Cases.Count} scenarios were found, none fits {order.Filters}; " +
                    $"--dry-run without it lists them"));
            return ExitCode.NothingRan;
        }

        var hashes = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var simulated = new ConcurrentBag<TimeSpan>();
        var coverage = CoverageFile.Open(order.Coverage);
        var settings = new RunSettings
        {
            Target = bits => order.Target.Make(bits, coverage?.Report),
            Cancel = cancel,
            Seed = order.Seed,
            Bits = order.Bits,
            StartDate = order.Start,
            Finished = (scenario, bench) =>
            {
                hashes[scenario] = bench.Session.Hash;
                simulated.Add(bench.Now);
            },
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(order.WallLimit);
        var clock = Stopwatch.StartNew();
        var report = new TestReport(order, cases);
        await using (var run = new FeatureRun(catalogue, cases.Where((_, i) => left[i] is null),
            () => clock.Elapsed, container => container.RegisterInstanceAs(settings)))
        {
            await ready;
            var jobs = order.Jobs > 0 ? order.Jobs : order.Target.Jobs;
            if (!await Ended(RunCases(run, cases, left, jobs, report, deadline.Token), deadline.Token))
            {
                coverage?.Write();
                return Stopped(order, report, cancel);
            }
        }

        coverage?.Write();
        if (order.Hashes)
        {
            foreach (var (scenario, hash) in hashes.OrderBy(h => h.Key,
                StringComparer.Ordinal)) Console.WriteLine($"{hash}  {scenario}");
            if (report.Failed > 0)
            {
                Console.Error.WriteLine($"airhil: {report.Failed} scenarios failed; without --hashes it tells why");
            }
        }
        else
        {
            report.End(clock.Elapsed, simulated.Aggregate(TimeSpan.Zero, (sum, one) => sum + one));
        }

        if (deadline.IsCancellationRequested && report.Done < cases.Length) return Stopped(order, report, cancel);
        return plan.Errors.Count > 0
            ? ExitCode.Usage
            : report.Failed > 0 ? ExitCode.Failed : report.Passed == 0 ? ExitCode.NothingRan : ExitCode.Passed;
    }

    private static Task RunCases(FeatureRun run, ScenarioCase[] cases, string?[] left, int jobs, TestReport report,
        CancellationToken cancel)
    {
        // A world lives on the thread that drives it, so each worker is a thread of its own that takes the next case.
        var next = -1;
        var workers = new List<Task>();
        for (var i = 0; i < Math.Min(jobs, cases.Length); i++)
        {
            workers.Add(Task.Factory.StartNew(
                () =>
                {
                    while (!cancel.IsCancellationRequested && Interlocked.Increment(ref next) is var index
                        && index < cases.Length)
                    {
                        report.Add(
                            index,
                            left[index] is { } reason
                                ? ScenarioResult.NotRun(cases[index], reason)
                                : run.RunAsync(cases[index]).GetAwaiter().GetResult());
                    }
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }

        return Task.WhenAll(workers);
    }

    /// <summary>
    /// Whether the workers came to their end. A scenario that is busy is not waited for once the run is to stop.
    /// </summary>
    private static async Task<bool> Ended(Task workers, CancellationToken stop)
    {
        try
        {
            await workers.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAny(workers, Task.Delay(Grace, CancellationToken.None));
        }

        if (workers.IsCompleted) await workers;
        return workers.IsCompleted;
    }

    private static int Stopped(Order order, TestReport report, CancellationToken cancel)
    {
        var why =
            cancel.IsCancellationRequested
                ? "interrupted"
                : $"the limit of {DurationText.Format(order.WallLimit)} of real time is reached (--wall-limit)";
        Console.Error.WriteLine($"airhil: {why}: {report.Told}");
        return cancel.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.WallClockLimit;
    }

    private static void Check(Order order)
    {
        if (order.Format is not ("text" or "json"))
        {
            throw new UsageException($"--format: '{order.Format}' is neither text nor json");
        }
    }

    private static TagExpression? ParseTags(string? text)
    {
        try
        {
            return text is null ? null : TagExpression.Parse(text);
        }
        catch (FormatException e)
        {
            throw new UsageException($"--tags: {e.Message}");
        }
    }

    private static int List(ScenarioCase[] cases, string?[] left, int errors)
    {
        for (var i = 0; i < cases.Length; i++)
        {
            var skipped = left[i] is { } reason ? $"\n    skipped: {reason}" : "";
            Console.WriteLine($"{cases[i].Location}  {cases[i].FullName}{skipped}");
        }

        return errors > 0 ? ExitCode.Usage : cases.Length > 0 ? ExitCode.Passed : ExitCode.NothingRan;
    }

    internal sealed record Order
    {
        public required string[] Paths { get; init; }
        public required ulong Seed { get; init; }
        public required int Bits { get; init; }
        public required DateTimeOffset? Start { get; init; }
        public required string? Tags { get; init; }
        public required string? Name { get; init; }
        public required int Jobs { get; init; }
        public required TargetChoice Target { get; init; }
        public required bool WithLong { get; init; }
        public required string Format { get; init; }
        public required bool Verbose { get; init; }
        public required bool DryRun { get; init; }
        public required bool Hashes { get; init; }
        public required string? Coverage { get; init; }
        public required TimeSpan WallLimit { get; init; }

        public string Filters =>
            string.Join(" and ",
                ((string?[])
                [
                    Tags is null ? null : $"--tags \"{Tags}\"", Name is null ? null : $"-k \"{Name}\"",
                ]).OfType<string>()) is { Length: > 0 } text
            ? text
            : "(no filter was given)";
    }
}
