using System.Diagnostics;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Steps;

namespace AirHil.Features.Tests;

/// <summary>One run for all scenarios, with the bindings of AirHil.Steps.</summary>
public sealed class FeatureRunFixture : IAsyncDisposable
{
    private readonly FeaturePlan plan = FeatureFolder.Load();
    private readonly Dictionary<string, ScenarioCase> cases;
    private readonly FeatureRun run;

    public FeatureRunFixture()
    {
        cases = plan.Cases.ToDictionary(scenario => scenario.FullName, StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        run = new FeatureRun(StepCatalogue.Discover(typeof(ScriptSteps).Assembly), plan.Cases, () => watch.Elapsed);
    }

    /// <param name="name">Full name of a case, or the message of a file that cannot be read, which fails.</param>
    public async Task<ScenarioResult> RunAsync(string name)
    {
        if (cases.TryGetValue(name, out var scenario)) return await run.RunAsync(scenario);
        Assert.Fail(name);
        throw new UnreachableException();
    }

    public ValueTask DisposeAsync() => run.DisposeAsync();
}
