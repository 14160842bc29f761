using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;
using AirHil.Steps.Support;

namespace AirHil.Cli.Targets;

/// <summary>What a scenario asks of its target, known before it runs: by its tags, and by its steps.</summary>
internal static class ScenarioNeeds
{
    /// <summary>The tag of scenarios that wait for more than a minute.</summary>
    public const string Long = "long";

    /// <summary>The capabilities it needs, each once, in the order in which they come up.</summary>
    public static IReadOnlyList<string> Of(ScenarioCase scenario, StepCatalogue steps) =>
    [
        .. scenario.Tags.Select(NeedsAttribute.ByTag).OfType<string>()
            .Concat(scenario.Steps.SelectMany(step => Of(step, Right(step, scenario, steps))))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Why it cannot run on a target, or is not to; null: it runs.</summary>
    /// <param name="withLong">Whether scenarios of more than a minute are wanted on a clock that makes one
    /// wait.</param>
    public static string? WhyNot(ScenarioCase scenario, StepCatalogue steps, IModemTarget target, bool withLong)
    {
        foreach (var capability in Of(scenario, steps))
        {
            if (Requirement.Lacking(target, capability) is { } lacking) return lacking;
        }

        foreach (var place in scenario.Steps.SelectMany(step => Places(step, Right(step, scenario, steps))))
        {
            if (place.Kind == PlaceKind.Uart && Requirement.LackingUart(target, place.Port) is { } lacking)
            {
                return lacking;
            }
        }

        return target.Clock == RigClock.Wall && !withLong && scenario.Tags.Contains(Long)
            ? $"it waits for more than a minute (@{Long}), and '{target.Name}' lives on the wall clock; --long runs it"
            : null;
    }

    /// <summary>The binding; null where the step is wrong, of which <see cref="ScenarioCheck"/> tells.</summary>
    private static StepBinding? Right(StepCase step, ScenarioCase scenario, StepCatalogue steps)
    {
        if (steps.Find(step, scenario) is not { } binding || steps.Unreadable(binding, step).Any()) return null;
        var arguments = binding.Arguments(step.Text);
        var folder = Path.GetDirectoryName(scenario.Feature.Location.File) ?? "";
        return binding.Method.Attributes<CheckedArgumentAttribute>()
            .All(check => check.WhyWrong(arguments, folder) is null) ? binding : null;
    }

    private static IEnumerable<string> Of(StepCase step, StepBinding? binding)
    {
        if (binding is null) return [];
        var arguments = binding.Arguments(step.Text);
        return binding.Method.Attributes<NeedsAttribute>().SelectMany(needs => needs.Capabilities)
            .Concat(binding.Method.Attributes<CheckedArgumentAttribute>()
                .Select(check => check.Needs(arguments)).OfType<string>())
            .Concat(Places(step, binding).Select(place => place.Needs).OfType<string>());
    }

    /// <summary>Where the step's property looks for texts.</summary>
    private static IEnumerable<Place> Places(StepCase step, StepBinding? binding) => binding is null
        ? []
        : binding.Method.ParameterTypes.Zip(binding.Arguments(step.Text))
            .Where(pair => pair.First == typeof(Place)).Select(pair => Place.Parse(pair.Second));
}
