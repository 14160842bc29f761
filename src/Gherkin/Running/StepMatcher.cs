using AirHil.Gherkin.Bindings;
using Reqnroll;

namespace AirHil.Gherkin.Running;

/// <summary>The binding for a step and the values in its text, or the reason why there is none.</summary>
internal sealed record StepMatch(StepBinding? Binding, string[] Values, CaseStatus Status, Exception? Error);

/// <summary>Finds the binding of a step.</summary>
internal sealed class StepMatcher(StepCatalogue catalogue)
{
    private readonly StepSuggestion _suggestion = new(catalogue);

    public StepMatch Match(StepCase step, ScenarioCase scenario)
    {
        List<StepMatch> found = [];
        foreach (var binding in catalogue.Steps)
        {
            if (!binding.Keywords.Contains(step.Type)) continue;
            if (!binding.Scope.Covers(scenario.Tags, scenario.Feature.Title, scenario.Title)) continue;
            if (binding.Expression.Match(step.Text) is not { } values) continue;
            if (!found.Exists(known => known.Binding!.Method.IsSameAs(binding.Method)))
            {
                found.Add(new StepMatch(binding, values, CaseStatus.Passed, null));
            }
        }

        // A binding made for this place goes before one for everywhere.
        if (found.Count > 1 && found.Exists(IsLimited)) found.RemoveAll(match => !IsLimited(match));
        return found.Count switch
        {
            1 => found[0],
            0 => new StepMatch(null, [], CaseStatus.Undefined, new BindingException(_suggestion.For(step))),
            _ => new StepMatch(null, [], CaseStatus.Ambiguous, new BindingException(Ambiguity(step, found))),
        };
    }

    private static bool IsLimited(StepMatch match) => match.Binding!.Scope.IsLimited;

    private static string Ambiguity(StepCase step, List<StepMatch> found) =>
        $"Several bindings fit \"{step.Text}\":\n" + string.Join(
            '\n', found.Select(one => $"  {one.Binding!.Method.Name}  \"{one.Binding.Expression.Source}\""));
}
