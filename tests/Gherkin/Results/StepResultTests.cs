using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;

namespace AirHil.Gherkin.Tests.Results;

public sealed class StepResultTests
{
    [Fact]
    public async Task A_step_tells_when_it_began_how_long_it_took_and_why_it_failed()
    {
        var result = await TestRun.StepsAsync("Given fine\nWhen broken\nThen fine", typeof(Steps));

        result.Steps.Select(s => s.Step.Keyword).ShouldBe(["Given", "When", "Then"]);
        result.Steps.Select(s => s.Step.Text).ShouldBe(["fine", "broken", "fine"]);
        result.Steps.Select(s => s.Location.Line).ShouldBe([3, 4, 5]);
        result.Steps.Select(s => s.Message).ShouldBe(["", "it broke", ""]);
        // The stopwatch of these runs moves by a millisecond whenever it is read.
        result.Began.ShouldBe(TimeSpan.Zero);
        result.Steps.Select(s => s.Began?.TotalMilliseconds).ShouldBe([1, 3, null]);
        result.Steps.Select(s => s.Duration.TotalMilliseconds).ShouldBe([1, 1, 0]);
    }

    [Fact]
    public async Task Objects_can_be_registered_for_each_scenario_by_itself()
    {
        var plan = FeaturePlan.Read(
            ("a.feature", "Feature: F\n  Scenario: A\n    Given named\n  Scenario: B\n    Given named"));
        List<string> seen = [];
        await using var run = new FeatureRun(
            Catalogue.Of(typeof(Named)), plan.Cases, () => TimeSpan.Zero,
            (scenario, container) => container.RegisterInstanceAs(new Name(scenario.Title, seen)));

        foreach (var scenario in plan.Cases) (await run.RunAsync(scenario)).Status.ShouldBe(CaseStatus.Passed);

        seen.ShouldBe(["A", "B"]);
    }

    public sealed record Name(string Text, List<string> Seen);

    [Binding]
    public sealed class Steps
    {
        [Given("fine"), Then("fine")]
        public void Fine()
        {
        }

        [When("broken")]
        public void Broken() => throw new InvalidOperationException("it broke");
    }

    [Binding]
    public sealed class Named(Name name)
    {
        [Given("named")]
        public void Note() => name.Seen.Add(name.Text);
    }
}
