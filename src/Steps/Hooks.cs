using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;
using Reqnroll.UnitTestProvider;

namespace AirHil.Steps;

/// <summary>What happens around every scenario.</summary>
[Binding]
public sealed class Hooks(
    BenchDriver driver, ScenarioContext scenario, IUnitTestRuntimeProvider runtime, RunSettings settings)
{
    private TimeSpan _stepBegan;

    /// <summary>
    /// A scenario that needs what the target lacks is skipped with the reason, never passed (design §2).
    /// </summary>
    [BeforeScenario]
    public void SkipWhatTheTargetCannotDo()
    {
        foreach (var tag in scenario.ScenarioInfo.CombinedTags)
        {
            if (NeedsAttribute.ByTag(tag) is { } capability && driver.Lacks(capability) is { } lacking)
            {
                runtime.TestIgnore(lacking);
            }
        }
    }

    [BeforeStep]
    public void NoteBeginOfStep() => _stepBegan = driver.Now;

    [AfterStep]
    public void NoteEndOfStep() => settings.StepFinished?.Invoke(driver.Name, _stepBegan, driver.Now);

    [AfterScenario]
    public async Task Finish() => await driver.Finish();
}
