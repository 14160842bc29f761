using System.Collections.Concurrent;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using Reqnroll.BoDi;

namespace AirHil.Gherkin.Tests.Runs;

public sealed class FeatureRunTests
{
    [Fact]
    public async Task Hooks_of_run_and_features_run_once_around_their_cases()
    {
        var log = new Log();
        var plan = Plan(
            "Feature: A\nScenario: 1\nGiven a\nScenario: 2\nGiven a", "@b\nFeature: B\nScenario: 3\nGiven a");
        await using (var run = Run(plan, log))
        {
            foreach (var scenario in plan.Cases) (await run.RunAsync(scenario)).Message.ShouldBe("");
        }

        log.Lines.ShouldBe([
            "run", "feature A", "1", "2", "feature A done", "feature B", "3", "feature B done", "run done"]);
    }

    [Fact]
    public async Task A_failing_feature_hook_fails_its_scenarios_and_no_others()
    {
        var log = new Log();
        var plan = Plan("@broken\nFeature: A\nScenario: 1\nGiven a", "Feature: B\nScenario: 2\nGiven a");
        await using var run = Run(plan, log);
        var first = await run.RunAsync(plan.Cases[0]);
        first.Status.ShouldBe(CaseStatus.Failed);
        first.Message.ShouldStartWith("BeforeFeature RunHooks.Feature(FeatureContext, Log)");
        first.Steps[0].Status.ShouldBe(CaseStatus.Skipped);
        (await run.RunAsync(plan.Cases[1])).Status.ShouldBe(CaseStatus.Passed);
    }

    [Fact]
    public async Task A_skip_from_a_feature_hook_skips_its_scenarios()
    {
        var plan = Plan("@bench\nFeature: A\nScenario: 1\nGiven a");
        await using var run = Run(plan, new Log());
        var result = await run.RunAsync(plan.Cases[0]);
        result.Status.ShouldBe(CaseStatus.Skipped);
        result.SkipReason.ShouldBe("no bench here");
    }

    [Fact]
    public async Task A_feature_of_which_all_is_ignored_runs_no_hook()
    {
        var log = new Log();
        var plan = Plan("@ignore\nFeature: A\nScenario: 1\nGiven a");
        await using (var run = Run(plan, log))
        {
            var result = await run.RunAsync(plan.Cases[0]);
            (result.Status, result.SkipReason).ShouldBe((CaseStatus.Skipped, "tagged @ignore"));
        }

        log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_step_that_is_running_is_named()
    {
        var plan = Plan("Feature: A\nScenario: 1\nGiven a long wait");
        await using var run = Run(plan, new Log());
        var result = run.RunAsync(plan.Cases[0]);
        await Steps.Waiting.WaitAsync(TestContext.Current.CancellationToken);
        run.Busy.ShouldBe(["0.feature:3  Given a long wait"]);
        Steps.GoOn.Release();
        (await result).Status.ShouldBe(CaseStatus.Passed);
        run.Busy.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hook_after_the_run_that_does_not_end_is_named()
    {
        var plan = Plan("Feature: A\nScenario: 1\nGiven a long wait");
        var run = new FeatureRun(
            Catalogue.Of(typeof(SlowEnd)), plan.Cases, () => TimeSpan.Zero);
        (await run.RunAsync(plan.Cases[0])).Status.ShouldBe(CaseStatus.Undefined);
        var end = run.DisposeAsync().AsTask();
        await SlowEnd.Waiting.WaitAsync(TestContext.Current.CancellationToken);
        run.Busy.ShouldBe(["AfterTestRun SlowEnd.EndAsync()"]);
        SlowEnd.GoOn.Release();
        await end;
        run.Busy.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_error_after_the_scenarios_comes_out_at_the_end_once()
    {
        var plan = Plan("@leaky\nFeature: A\nScenario: 1\nGiven a");
        var run = Run(plan, new Log());
        (await run.RunAsync(plan.Cases[0])).Status.ShouldBe(CaseStatus.Passed);
        var error = await Should.ThrowAsync<HooksFailedException>(async () => await run.DisposeAsync());
        error.InnerExceptions.ShouldHaveSingleItem().Message.ShouldBe("a leak");
        await run.DisposeAsync();
        await Should.ThrowAsync<ObjectDisposedException>(() => run.RunAsync(plan.Cases[0]));
    }

    [Fact]
    public async Task The_caller_may_register_objects_for_each_scenario()
    {
        var plan = Plan("Feature: A\nScenario: 1\nGiven a\nScenario: 2\nGiven a");
        List<Log> logs = [];
        RunHooks.Log.Value = new Log();
        await using var run = new FeatureRun(
            Catalogue.Of(typeof(RunHooks), typeof(Steps)), plan.Cases, () => TimeSpan.Zero, container =>
            {
                logs.Add(new Log());
                container.RegisterInstanceAs(logs[^1]);
            });
        foreach (var scenario in plan.Cases) await run.RunAsync(scenario);
        logs.Select(log => log.Lines.ShouldHaveSingleItem()).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Cases_may_run_at_the_same_time_and_keep_their_own_objects()
    {
        var log = new Log();
        var plan = Plan([.. Enumerable.Range(0, 8).Select(number =>
            $"Feature: F{number}\nScenario Outline: S\nGiven a\nThen I am <n>\nExamples:\n| n |\n"
            + string.Concat(Enumerable.Range(0, 25).Select(n => $"| {n} |\n")))]);
        await using (var run = Run(plan, log))
        {
            var results = new ConcurrentBag<ScenarioResult>();
            await Parallel.ForEachAsync(plan.Cases, async (scenario, _) => results.Add(await run.RunAsync(scenario)));
            results.Count.ShouldBe(200);
            results.ShouldAllBe(result => result.Status == CaseStatus.Passed
                && result.Output.Single() == result.Case.Arguments[0].Value);
        }

        log.Lines.Count(line => line == "run").ShouldBe(1);
        log.Lines.Count(line => line == "run done").ShouldBe(1);
        // Reqnroll runs the hooks of a feature once for each runner that takes part in it.
        for (var number = 0; number < 8; number++)
        {
            var begun = log.Lines.Count(line => line == $"feature F{number}");
            begun.ShouldBeInRange(1, 25);
            log.Lines.Count(line => line == $"feature F{number} done").ShouldBe(begun);
        }
    }

    private static FeaturePlan Plan(params string[] texts) =>
        FeaturePlan.Read(texts.Select((text, index) => ($"{index}.feature", text)));

    private static FeatureRun Run(FeaturePlan plan, Log log)
    {
        RunHooks.Log.Value = log;
        var catalogue = Catalogue.Of(typeof(RunHooks), typeof(Steps));
        return new FeatureRun(catalogue, plan.Cases, () => TimeSpan.Zero);
    }

    private sealed class Log
    {
        private readonly ConcurrentQueue<string> lines = [];

        public IReadOnlyList<string> Lines => [.. lines];

        public void Add(string line) => lines.Enqueue(line);
    }

    [Binding]
    private sealed class RunHooks
    {
        /// <summary>Test methods run side by side, so each has a log of its own.</summary>
        public static readonly AsyncLocal<Log> Log = new();

        [BeforeTestRun]
        public static async Task StartAsync(IObjectContainer container)
        {
            await Task.Yield();
            container.RegisterInstanceAs(Log.Value!);
            Log.Value!.Add("run");
        }

        [AfterTestRun]
        public static void End(Log log) => log.Add("run done");

        [BeforeFeature]
        public static void Feature(FeatureContext context, Log log)
        {
            log.Add($"feature {context.FeatureInfo.Title}");
            if (context.FeatureInfo.Tags.Contains("broken")) throw new InvalidOperationException("no cell");
            if (context.FeatureInfo.Tags.Contains("bench")) throw new ScenarioSkippedException("no bench here");
        }

        [AfterFeature]
        public static void FeatureDone(FeatureContext context, Log log)
        {
            log.Add($"feature {context.FeatureInfo.Title} done");
        }

        [AfterFeature("leaky")]
        public static void Leak() => throw new InvalidOperationException("a leak");
    }

    [Binding]
    private sealed class SlowEnd
    {
        public static readonly SemaphoreSlim Waiting = new(0);

        public static readonly SemaphoreSlim GoOn = new(0);

        [AfterTestRun]
        public static async Task EndAsync()
        {
            Waiting.Release();
            await GoOn.WaitAsync();
        }
    }

    [Binding]
    private sealed class Steps(ScenarioContext context, Log log, IReqnrollOutputHelper output)
    {
        public static readonly SemaphoreSlim Waiting = new(0);

        public static readonly SemaphoreSlim GoOn = new(0);

        [Given("a")]
        public void Given() => log.Add(context.ScenarioInfo.Title);

        [Given("a long wait")]
        public async Task WaitAsync()
        {
            Waiting.Release();
            await GoOn.WaitAsync();
        }

        [Then("I am {int}")]
        public async Task IAmAsync(int number)
        {
            await Task.Yield();
            context.ScenarioInfo.Arguments["n"].ShouldBe($"{number}");
            output.WriteLine($"{number}");
        }
    }
}
