using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps.Tests.Drivers;

public sealed class BenchDriverTests
{
    [Theory]
    [InlineData("before", "BeforeScenario")]
    [InlineData("after", "AfterScenario")]
    [InlineData("none", "")]
    public async Task A_bench_is_taken_down_once_even_where_a_hook_throws(string tag, string place)
    {
        var feature = $"@{tag}\nFeature: F\n  Scenario: S\n    When something is done\n";
        var plan = FeaturePlan.Read(("f.feature", feature));
        var (started, finished) = (0, 0);
        await using var run = new FeatureRun(
            StepCatalogue.Discover(typeof(ScriptSteps).Assembly, typeof(Breaking).Assembly),
            plan.Cases, () => TimeSpan.Zero, container => container.RegisterInstanceAs(new RunSettings
            {
                Started = (_, _) => started++,
                Finished = (_, _) => finished++,
            }));

        var result = await run.RunAsync(plan.Cases[0]);

        result.Status.ShouldBe(place.Length == 0 ? CaseStatus.Passed : CaseStatus.Failed, result.Message);
        result.Message.ShouldStartWith(place);
        (started, finished).ShouldBe((1, 1));
    }

    [Theory]
    [InlineData("USB is unplugged", "usb.out")]
    [InlineData("the module's IMEI is \"867713070000005\"", "module.number imei 867713070000005")]
    [InlineData("pin 7 is held high", "pin.held.high 7")]
    public async Task A_script_comes_before_what_is_set_of_its_module(string step, string set)
    {
        const string script = "    And the script:\n      \"\"\"\n      x = 1\n      \"\"\"\n";
        var feature = $"Feature: F\n  Scenario: S\n{script.Replace("And", "Given")}    And {step}\n{script}";
        var plan = FeaturePlan.Read(("f.feature", feature));
        await using var run = new FeatureRun(
            StepCatalogue.Discover(typeof(ScriptSteps).Assembly), plan.Cases, () => TimeSpan.Zero);
        var result = await run.RunAsync(plan.Cases[0]);
        result.Message.ShouldContain(
            $"this script comes with another module than that of '{set}'; give the script first");
    }

    /// <summary>Hooks of a user's, which come before the driver's own.</summary>
    [Binding]
    public sealed class Breaking(Steps.Drivers.BenchDriver driver)
    {
        [When("something is done")]
        public void Act() => driver.Act();

        [BeforeScenario("before")]
        public void Before()
        {
            driver.Act();
            throw new InvalidOperationException("broken before");
        }

        [AfterScenario("after", Order = 1)]
        public void After() => throw new InvalidOperationException("broken after");
    }
}
