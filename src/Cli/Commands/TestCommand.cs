using System.CommandLine;
using AirHil.Cli.Orders;
using AirHil.Cli.Streams;
using AirHil.Cli.Targets;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Rig.Files;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Cli.Commands;

/// <summary>`airhil test`: features on the virtual module or on a board, no compiler needed.</summary>
internal static class TestCommand
{
    private const int MostFeatureBytes = 8 << 20;

    public static Command Create(Terminal terminal, Task ready)
    {
        var options = new TestOptions();
        var command = new Command("test", "Run features, on the virtual module or on a board.");
        options.AddTo(command);
        command.SetAction((parsed, cancel) => RunAsync(terminal, options.Read(parsed), ready, cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, TestOrder order, Task ready, CancellationToken cancel)
    {
        Check(order);
        string[] paths = order.Paths.Length > 0 ? order.Paths : [FeatureFolder.Find()];
        var plan = FeaturePlan.Load(paths, file => InputFile.ReadText(file, MostFeatureBytes));
        foreach (var error in plan.Errors) terminal.Error.WriteLine($"airhil: {error.Message}");
        var filter = new CaseFilter(ParseTags(order.Tags), order.Name);
        var cases = plan.Cases.Where(filter.Matches).ToArray();
        var catalogue = StepSources.Catalogue(order.Bindings);
        await using var target = await TargetOpening.OpenAsync(order.Target, cancel);
        var left = WhyNot(order, target, catalogue, cases);
        var runs = cases.Where((_, i) => left[i] is null);
        string[] problems = [.. ScenarioCheck.Problems(runs, catalogue)];
        foreach (var problem in problems) terminal.Error.WriteLine($"airhil: {problem}");
        if (order.DryRun) return List(terminal.Out, cases, left, plan.Errors.Count + problems.Length);
        if (problems.Length > 0) return ExitCode.Usage;
        if (cases.Length == 0)
        {
            if (plan.Errors.Count > 0) return ExitCode.Usage;
            terminal.Error.WriteLine(plan.Cases.Count == 0
                ? ($"airhil: nothing to run: no scenario in {string.Join(", ", paths)}; features are files named " +
                    $"*.feature")
                : ($"airhil: nothing to run: {plan.Cases.Count} scenarios were found, none fits {order.Filters}; " +
                    $"--dry-run without it lists them"));
            return ExitCode.NothingRan;
        }

        if (target.Hold is { } hold) await hold(cancel);
        return await new TestRun(terminal, order, target, catalogue, cases, left).RunAsync(
            plan.Errors.Count > 0, ready, cancel);
    }

    private static string?[] WhyNot(
        TestOrder order, TargetChoice target, StepCatalogue catalogue, ScenarioCase[] cases) => target.CanAll
        ? new string?[cases.Length]
        : [.. cases.Select(c => WhyNot(c, target.Make(new TargetUse(c.RecordingTitle, order.Bits)), order, catalogue))];

    private static string? WhyNot(
        ScenarioCase scenario, IModemTarget target, TestOrder order, StepCatalogue catalogue) =>
        target is MissingRecording missing
            ? missing.Reason
            : ScenarioNeeds.WhyNot(scenario, catalogue, target, order.WithLong);

    private static void Check(TestOrder order)
    {
        if (order.Reruns > 0 && order.Target is { Target: TargetOpening.Virtual, Clock: RigClock.Virtual })
        {
            throw new UsageException("--reruns: in virtual time the same scenario fails the same way every time");
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

    private static int List(TextWriter output, ScenarioCase[] cases, string?[] left, int errors)
    {
        for (var i = 0; i < cases.Length; i++)
        {
            var skipped = left[i] is { } reason ? $"\n    skipped: {reason}" : "";
            output.WriteLine($"{cases[i].Location}  {cases[i].FullName}{skipped}");
        }

        return errors > 0 ? ExitCode.Usage : cases.Length > 0 ? ExitCode.Passed : ExitCode.NothingRan;
    }
}
