using System.Diagnostics;
using System.Text.RegularExpressions;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Steps;
using AirHil.Tests;
using Reqnroll.Bindings;

namespace AirHil.Features.Tests;

/// <summary>
/// Each step that judges the module passes in a scenario of /features, and fails in one of the folder Failing with
/// the text that is written there: in the column "failure" of its row, or in the description of its scenario.
/// </summary>
public sealed class FailingStepTests
{
    private static readonly FeaturePlan Failing =
        FeaturePlan.Load(Path.Combine(RepositoryRoot.Path, "tests", "Features", "Failing"));

    private static readonly StepCatalogue Catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);

    public static IEnumerable<TheoryDataRow<string>> Cases() =>
        Failing.Cases.Select(one => new TheoryDataRow<string>(one.FullName));

    [Fact]
    public void Every_step_that_judges_passes_in_a_feature_and_fails_here()
    {
        Failing.Errors.ShouldBeEmpty();
        // Properties are judged at a run's end as well; PropertyStepsTests has a row for each.
        var judging = Catalogue.Steps
            .Where(step => step.Keywords.Contains(StepDefinitionType.Then)
                && step.Method.BindingClass != typeof(PropertySteps))
            .Select(step => step.Source).ToArray();
        judging.Length.ShouldBeGreaterThan(90);
        var passing = FeatureFolder.Load().Cases.SelectMany(one => one.Steps.Select(step => Source(step, one)));
        judging.Except(passing).ShouldBeEmpty("no scenario of /features has these steps");
        var failing = Failing.Cases.Select(one => Source(one.Steps[^1], one));
        judging.Except(failing).ShouldBeEmpty("no scenario of tests/Features/Failing ends with these steps");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_last_step_fails_as_it_is_written(string name)
    {
        var scenario = Failing.Cases.Single(one => one.FullName == name);
        var watch = Stopwatch.StartNew();
        await using var run = new FeatureRun(Catalogue, [scenario], () => watch.Elapsed);
        var result = await run.RunAsync(scenario);
        result.Steps[^1].Status.ShouldBe(CaseStatus.Failed, result.Message);
        var text = scenario.Arguments.Where(one => one.Key == "failure").Select(one => one.Value)
            .FirstOrDefault(scenario.Description);
        text.Trim().ShouldNotBeEmpty();
        result.Steps[^1].Message.ShouldMatch($"^{Regex.Escape(text.Trim()).Replace("\\*", "[^\\0]*")}");
    }

    private static string? Source(StepCase step, ScenarioCase scenario) => Catalogue.Find(step, scenario)?.Source;
}
