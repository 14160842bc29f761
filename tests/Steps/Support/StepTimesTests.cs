using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Runs;
using AirHil.Steps.Support;

namespace AirHil.Steps.Tests.Support;

public sealed class StepTimesTests
{
    [Fact]
    public async Task Each_step_that_ran_is_told_with_the_run_times_of_its_begin_and_end()
    {
        const string Feature =
            """
            Feature: F
              Scenario: S
                Given the script:
                  '''
                  _G.sys = require("sys")
                  sys.timerStart(function() log.info("late") end, 5000)
                  sys.run()
                  '''
                When power is applied
                Then within 10 s the log shows "I/user.late"
                And within 2 s the log shows "I/user.never"
                And within 1 s the log shows "I/user.late"
            """;
        var plan = FeaturePlan.Read(("s.feature", Feature.Replace("'''", "\"\"\"", StringComparison.Ordinal)));
        List<(string Name, TimeSpan From, TimeSpan To)> times = [];
        await using var run = new FeatureRun(
            StepCatalogue.Discover(typeof(ScriptSteps).Assembly), plan.Cases, () => TimeSpan.Zero,
            (_, container) => container.RegisterInstanceAs(new RunSettings
            {
                StepFinished = (name, from, to) => times.Add((name, from, to)),
            }));

        var result = await run.RunAsync(plan.Cases[0]);

        result.Steps.Count(s => s.Began is not null).ShouldBe(4);
        times.Select(t => t.Name).Distinct().ShouldBe(["F / S"]);
        times.Count.ShouldBe(4);
        times[1].To.ShouldBe(TimeSpan.Zero);
        times[2].To.TotalSeconds.ShouldBeInRange(5, 6);
        times[3].ShouldBe(("F / S", times[2].To, times[2].To + TimeSpan.FromSeconds(2)));
    }
}
