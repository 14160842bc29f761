using AirHil.Steps.Drivers;
using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace AirHil.Steps.Support;

/// <summary>What happens around every scenario.</summary>
[Binding]
public sealed class Hooks(BenchDriver driver, ScenarioContext scenario, IUnitTestRuntimeProvider runtime)
{
    private const string Needs = "needs-";

    /// <summary>
    /// A scenario that needs what the target lacks is skipped with the reason, never passed (design §2).
    /// </summary>
    [BeforeScenario]
    public void SkipWhatTheTargetCannotDo()
    {
        foreach (var tag in scenario.ScenarioInfo.CombinedTags)
        {
            var lacking = tag.StartsWith(Needs, StringComparison.Ordinal) ? driver.Lacks(tag[Needs.Length..]) : null;
            if (lacking is not null) runtime.TestIgnore(lacking);
        }
    }

    [AfterScenario]
    public async Task Finish() => await driver.Finish();
}
