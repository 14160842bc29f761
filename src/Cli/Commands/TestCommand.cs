using System.CommandLine;
using AirHil.Cli.Targets;
using AirHil.Gherkin;
using AirHil.Steps;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>`airhil test`: features on the virtual module, no compiler needed.</summary>
internal static class TestCommand
{
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
            new TestOrder
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

    private static async Task<int> RunAsync(TestOrder order, Task ready, CancellationToken cancel)
    {
        Check(order);
        string[] paths = order.Paths.Length > 0 ? order.Paths : [FeatureFolder.Find()];
        var plan = FeaturePlan.Load(paths);
        foreach (var error in plan.Errors) Console.Error.WriteLine($"airhil: {error.Message}");
        var filter = new CaseFilter(ParseTags(order.Tags), order.Name);
        var cases = plan.Cases.Where(filter.Matches).ToArray();
        var catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);
        var left = WhyNot(order, catalogue, cases);
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

        return await new TestRun(order, catalogue, cases, left).RunAsync(plan.Errors.Count > 0, ready, cancel);
    }

    private static string?[] WhyNot(TestOrder order, StepCatalogue catalogue, ScenarioCase[] cases)
    {
        if (order.Target.CanAll) return new string?[cases.Length];
        var target = order.Target.Make(order.Bits, null);
        return [.. cases.Select(c => ScenarioNeeds.WhyNot(c, catalogue, target, order.WithLong))];
    }

    private static void Check(TestOrder order)
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
}
