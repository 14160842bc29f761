using System.CommandLine;
using System.Diagnostics;
using AirHil.Cli.Output;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Hunt.Search;
using AirHil.Hunt.Triage;
using AirHil.Reports;
using AirHil.Reports.JUnit;
using AirHil.Rig.Files;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>`airhil hunt`: finds the faults that break a script, and writes them as features.</summary>
internal static class HuntCommand
{
    private const int MostFeatureBytes = 8 << 20;
    private static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(60);

    public static Command Create(Terminal terminal)
    {
        var path = new Argument<string>("FEATURE-OR-FOLDER")
        {
            Description = "A feature, a scenario (FILE:LINE) or a folder of them that pass without faults; " +
                "or a script.",
        };
        var time = CommonOptions.Duration(
            "--for", "How long to search in real time; 60s if left out and --schedules is not given.");
        var schedules = CommonOptions.Number(
            "--schedules", "N", "How many schedules to try for each scenario; 0: until the time is over.", 0, 0,
            int.MaxValue);
        var jobs = CommonOptions.Jobs("How many worlds run at once; 0: one for each processor.");
        var seed = CommonOptions.Seed();
        var bits = CommonOptions.Bits();
        var name = Text("-k", "TEXT", "Only scenarios with this in their names.");
        var libraries = CommonOptions.Libraries();
        var unmodelled = CommonOptions.AllowUnmodelled();
        var output = new Option<string>("-o")
        {
            Description = "The folder for the features that are found, their recordings and the page hunt.html; " +
                "airhil-hunt if left out.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "airhil-hunt",
        };
        var corpus = Text(
            "--corpus", "DIR", "A folder that keeps interesting schedules: the next hunt begins with them.");
        var junit = Text("--junit", "FILE", "Write the result as JUnit XML.");
        var format = CommonOptions.Format("text, or json: one line with one object for each finding.");
        var command = new Command(
            "hunt", "Run a scenario under random faults; shrink what breaks it, and write it as a feature.")
        {
            path, time, schedules, jobs, seed, bits, name, libraries, unmodelled, output, corpus, junit, format,
        };
        command.SetAction((parsed, cancel) =>
        {
            var count = parsed.GetValue(schedules);
            var most = parsed.GetValue(jobs);
            return RunAsync(
                terminal,
                new HuntOrder
                {
                    Path = parsed.GetValue(path)!,
                    For = parsed.GetValue(time) ?? (count == 0 ? DefaultTime : null),
                    Schedules = count == 0 ? null : count,
                    Jobs = most == 0 ? Environment.ProcessorCount : most,
                    Seed = parsed.GetValue(seed),
                    Bits = parsed.GetValue(bits),
                    Libraries = parsed.GetValue(libraries) ?? [],
                    AllowedUnmodelled = CommonOptions.Names(parsed, unmodelled),
                    Name = parsed.GetValue(name),
                    Output = parsed.GetValue(output)!,
                    Corpus = parsed.GetValue(corpus),
                    JUnit = parsed.GetValue(junit),
                    IsJson = CommonOptions.IsJson(parsed.GetValue(format)!),
                },
                cancel);
        });
        return command;
    }

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help };

    private static async Task<int> RunAsync(Terminal terminal, HuntOrder order, CancellationToken cancel)
    {
        if (order.Path.Length == 0) throw new UsageException("hunt: the name of a feature or of a script is missing");
        OutputPath.CheckFolder("-o", order.Output);
        OutputPath.CheckFolder("--corpus", order.Corpus);
        var plan = Plan(order);
        foreach (var error in plan.Errors) terminal.Error.WriteLine($"airhil: {error.Message}");
        var cases = plan.Cases.Where(new CaseFilter(null, order.Name).Matches).ToArray();
        if (plan.Errors.Count > 0) return ExitCode.Usage;
        if (cases.Length == 0)
        {
            terminal.Error.WriteLine($"airhil: nothing to hunt: no scenario in {order.Path} fits");
            return ExitCode.NothingRan;
        }

        var catalogue = StepSources.Catalogue([]);
        string[] problems = [.. ScenarioCheck.Problems(cases, catalogue)];
        foreach (var problem in problems) terminal.Error.WriteLine($"airhil: {problem}");
        if (problems.Length > 0) return ExitCode.Usage;
        using var hold = FolderHold.Take(order.Output);
        order = order with { Suffix = hold.Suffix };
        var pageFile = Path.Combine(order.Output, $"hunt{hold.Suffix}.html");
        OutputPath.Check([], ("--junit", order.JUnit), ("-o", pageFile));
        WholeFile.TryOut(pageFile);
        if (order.JUnit is { } junit) WholeFile.TryOut(junit);
        var clock = Stopwatch.StartNew();
        var report = new HuntReport(terminal, order);
        var page = new HuntPage(order.Path);
        var results = new List<ScenarioResult>();
        var endings = new Endings(terminal.Error);
        for (var i = 0; i < cases.Length && !cancel.IsCancellationRequested; i++)
        {
            var left = order.For is { } time ? (time - clock.Elapsed) / (cases.Length - i) : (TimeSpan?)null;
            results.AddRange(await Hunt(order, catalogue, cases[i], left, report, page, endings, cancel));
        }

        report.End(clock.Elapsed);
        endings.Do(() => page.Write(pageFile, clock.Elapsed, order.Seed));
        if (order.JUnit is { } file) endings.Do(() => JUnitReport.Write(file, Data(order, results, clock.Elapsed)));
        endings.Conclude();
        return cancel.IsCancellationRequested
            ? ExitCode.Interrupted
            : endings.HasFailed
                ? ExitCode.Usage
                : report.Findings > 0 || report.Unfit > 0 ? ExitCode.Failed : ExitCode.Passed;
    }

    private static async Task<IReadOnlyList<ScenarioResult>> Hunt(
        HuntOrder order, StepCatalogue catalogue, ScenarioCase scenario, TimeSpan? time, HuntReport report,
        HuntPage page, Endings endings, CancellationToken cancel)
    {
        var rehearsal = await Rehearsal.RunAsync(order, catalogue, scenario, cancel);
        if (rehearsal.Subject is not { } subject || rehearsal.Result.Status != CaseStatus.Passed)
        {
            report.TellUnfit(scenario, rehearsal.Result);
            return [rehearsal.Result];
        }

        if (ScriptScenario.Is(order.Path))
        {
            var alone = new ScriptScenario(order.Path);
            var learned = ScriptScenario.Learn(subject, cancel);
            scenario = alone.Plan(learned).Cases[0];
            rehearsal = await Rehearsal.RunAsync(order, catalogue, scenario, cancel);
            if (rehearsal.Subject is not { } suited || rehearsal.Result.Status != CaseStatus.Passed)
            {
                report.TellUnfit(scenario, rehearsal.Result);
                return [rehearsal.Result];
            }

            subject = HuntSearch.Supposing(suited, rehearsal.Proposals);
            if (learned.ReadsAnalog) report.Hint(scenario, [ScriptScenario.AnalogHint]);
            report.TellSurroundings(scenario, alone.Text(learned, suited), learned.Tried);
        }
        else if (rehearsal.IsGeneric) report.Judge(scenario, subject);

        report.Hint(scenario, rehearsal.Hints);
        var corpus = new HuntCorpus(order.Corpus);
        var search = report.Search(scenario, subject, time, corpus.Read(scenario), cancel);
        if (search is null) return [rehearsal.Result];
        // What broke something comes first, then what showed something new.
        endings.Do(() => corpus.Write(
            scenario, search.Findings.Select(finding => finding.Shrunk).Concat(search.Corpus)));
        var results = new List<ScenarioResult>();
        var files = new List<string>();
        foreach (var finding in search.Findings)
        {
            var feature = new FoundFeature(scenario, rehearsal, subject, finding);
            var folder = finding.IsSupposed ? order.Supposed : order.Output;
            var bytes = feature.Bytes(folder);
            var file = Path.Combine(folder, FoundFeature.FileName(scenario, folder, bytes, report.Names, order.Suffix));
            var again = await WriteDown(order, catalogue, file, bytes, endings, cancel);
            files.Add(file);
            report.Tell(scenario, finding, file, again is null ? null : Shows(again, finding));
            if (finding.IsSupposed) continue;
            var violation = finding.Violation.ToString();
            results.Add(again ?? rehearsal.Result with { Status = CaseStatus.Failed, Message = violation });
        }

        report.TellTruths(scenario, search);
        report.Propose(scenario, rehearsal.Proposals);
        page.Add(scenario, subject, search, files);
        return results.Count > 0 ? results : [rehearsal.Result];
    }

    /// <summary>Writes a feature and its recording; null: it could not be written, and the user knows.</summary>
    private static async Task<ScenarioResult?> WriteDown(
        HuntOrder order, StepCatalogue catalogue, string file, byte[] bytes, Endings endings, CancellationToken cancel)
    {
        try
        {
            WholeFile.Write(file, stream => stream.Write(bytes));
            var again = await Rehearsal.RunAsync(
                order, catalogue, FeaturePlan.Load(file).Cases[0], cancel, Path.ChangeExtension(file, ".ndjson.zst"));
            return again.Result;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            endings.Tell(problem.Message);
            return null;
        }
    }

    /// <summary>Whether the scenario fails, and for what was found.</summary>
    private static bool Shows(ScenarioResult result, Finding finding) => result.Errors
        .OfType<ExpectationException>().Any(e => e.Awaited == finding.Violation.Property.Clause
            && e.Message.StartsWith(finding.Violation.ToString(), StringComparison.Ordinal));

    private static FeaturePlan Plan(HuntOrder order) => ScriptScenario.Is(order.Path)
        ? new ScriptScenario(order.Path).Plan()
        : FeaturePlan.Load([order.Path], file => InputFile.ReadText(file, MostFeatureBytes));

    private static ReportData Data(HuntOrder order, List<ScenarioResult> results, TimeSpan elapsed) => new()
    {
        Title = order.Path,
        Target = "virtual",
        Seed = order.Seed,
        Duration = elapsed,
        Scenarios = [.. results.Select(result => new ReportScenario { Result = result })],
    };
}
