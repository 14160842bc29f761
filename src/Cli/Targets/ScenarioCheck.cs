using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Steps.Support;

namespace AirHil.Cli.Targets;

/// <summary>Finds what is wrong in the steps of scenarios before any of them runs.</summary>
internal static class ScenarioCheck
{
    /// <summary>A line for each missing script and each phrase that nobody understands, each once.</summary>
    public static IEnumerable<string> Problems(IEnumerable<ScenarioCase> cases, StepCatalogue steps) =>
        cases.Where(one => !one.Tags.Contains("ignore")).SelectMany(one => Problems(one, steps))
            .Distinct(StringComparer.Ordinal);

    private static IEnumerable<string> Problems(ScenarioCase scenario, StepCatalogue steps)
    {
        var folder = Path.GetDirectoryName(scenario.Feature.Location.File) ?? "";
        foreach (var step in scenario.Steps)
        {
            if (steps.Find(step, scenario) is not { } binding) continue;
            foreach (var check in binding.Method.Attributes<CheckedArgumentAttribute>())
            {
                if (check.WhyWrong(binding.Arguments(step.Text)[0], folder) is { } problem)
                {
                    yield return $"{step.Location}: {step}: {problem}";
                }
            }
        }
    }
}
