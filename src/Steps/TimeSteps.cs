using System.ComponentModel;
using AirHil.Steps.Drivers;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description("Time, the module's own. Every duration carries a unit: ms, s, min (or m), h, d.")]
public sealed class TimeSteps(BenchDriver driver)
{
    [When("{duration} passes")]
    [Description("What happens meanwhile can still be expected afterwards.")]
    public async ValueTask WhenTimePasses(TimeSpan duration) => await driver.Bench.RunFor(duration);
}
