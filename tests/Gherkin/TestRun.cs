using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;

namespace AirHil.Gherkin.Tests;

/// <summary>Runs a feature given as text, with the test's binding classes, on a stopwatch of 1 ms a look.</summary>
internal static class TestRun
{
    public static async Task<IReadOnlyList<ScenarioResult>> AllAsync(string feature, params Type[] classes)
    {
        var plan = FeaturePlan.Read(("test.feature", feature));
        plan.Errors.ShouldBeEmpty();
        var ticks = 0;
        await using var run = new FeatureRun(
            Catalogue.Of(classes), plan.Cases, () => TimeSpan.FromMilliseconds(ticks++));
        List<ScenarioResult> results = [];
        foreach (var scenario in plan.Cases) results.Add(await run.RunAsync(scenario));
        return results;
    }

    public static async Task<ScenarioResult> OneAsync(string feature, params Type[] classes) =>
        (await AllAsync(feature, classes)).ShouldHaveSingleItem();

    /// <summary>A scenario of the steps given.</summary>
    public static Task<ScenarioResult> StepsAsync(string steps, params Type[] classes) =>
        OneAsync($"Feature: F\n  Scenario: S\n{steps}", classes);
}
