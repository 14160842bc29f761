using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Suggestions;
using AirHil.Steps.Support;

namespace AirHil.Cli.Targets;

/// <summary>Finds what is wrong in the steps of scenarios before any of them runs.</summary>
internal static class ScenarioCheck
{
    /// <summary>A text names so many other places of one step.</summary>
    private const int MostPlaces = 10;

    /// <summary>
    /// A text for each step that no binding fits, each missing script and each argument that nobody understands. A step
    /// that is used at several places has one text, with all of them.
    /// </summary>
    public static IEnumerable<string> Problems(IEnumerable<ScenarioCase> cases, StepCatalogue steps)
    {
        var suggestion = new Lazy<StepSuggestion>(() => new StepSuggestion(steps));
        return cases.Where(one => !one.Tags.Contains("ignore")).SelectMany(one => Problems(one, steps, suggestion))
            .DistinctBy(found => (found.Step.Location, found.Problem))
            .GroupBy(found => (found.Step.Text, found.Problem))
            .Select(group => $"{group.First().Step.Location}: {group.First().Step}: {group.Key.Problem}" +
                Others([.. group.Skip(1).Select(found => $"{found.Step.Location}")]));
    }

    private static string Others(IReadOnlyList<string> places) => places.Count == 0 ? ""
        : $"\n  also at {string.Join(", ", places.Take(MostPlaces))}"
            + (places.Count > MostPlaces ? $" and {places.Count - MostPlaces} more places" : "");

    private static IEnumerable<(StepCase Step, string Problem)> Problems(
        ScenarioCase scenario, StepCatalogue steps, Lazy<StepSuggestion> suggestion)
    {
        var folder = Path.GetDirectoryName(scenario.Feature.Location.File) ?? "";
        foreach (var step in scenario.Steps)
        {
            foreach (var problem in Problems(step, scenario, steps, suggestion, folder))
            {
                yield return (step, problem);
            }
        }
    }

    private static IEnumerable<string> Problems(
        StepCase step, ScenarioCase scenario, StepCatalogue steps, Lazy<StepSuggestion> suggestion, string folder)
    {
        var fitting = steps.Fitting(step, scenario);
        if (fitting.Count == 0) return [suggestion.Value.For(step)];
        if (fitting is not [var binding])
        {
            return [$"several bindings fit: {string.Join(", ", fitting.Select(one => one.Method.Name))}"];
        }

        var arguments = binding.Arguments(step.Text);
        return
        [
            .. steps.Unreadable(binding, step),
            .. binding.Method.Attributes<CheckedArgumentAttribute>()
                .Select(check => check.WhyWrong(arguments, folder)).OfType<string>(),
        ];
    }
}
