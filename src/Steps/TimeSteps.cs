using System.ComponentModel;
using AirHil.Steps.Drivers;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description("Time, the module's own. Every duration carries a unit: ms, s, min (or m), h, d.")]
public sealed class TimeSteps(BenchDriver driver)
{
    [When("{duration} passes")]
    [Description("Later steps can still find what happens in this time.")]
    public async ValueTask WhenTimePasses(TimeSpan duration) => await driver.Bench.RunFor(duration);
}
