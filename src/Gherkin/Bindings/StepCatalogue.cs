using System.Reflection;
using AirHil.Gherkin.Plan;
using Reqnroll;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>All bindings of some assemblies, as Reqnroll finds them.</summary>
public sealed class StepCatalogue
{
    private readonly IBindingRegistry _registry;
    private readonly Lazy<StepBinding[]> _steps;
    private readonly Lazy<ArgumentCheck> _arguments;

    /// <param name="classes">Only these of the assemblies' classes; null: all with [Binding].</param>
    internal StepCatalogue(Assembly[] assemblies, Type[]? classes = null)
    {
        Registry = Discovery.Find(assemblies, classes);
        _registry = Registry;
        string[] problems = [.. BindingChecks.Of(_registry).Distinct()];
        if (problems.Length > 0) throw new BindingException(string.Join('\n', problems));
        _steps = new Lazy<StepBinding[]>(
        [
            .. _registry.GetStepDefinitions()
                .OrderBy(one => one.Method.Info().ReflectedType!.FullName, StringComparer.Ordinal)
                .ThenBy(one => one.Method.Info().MetadataToken)
                .GroupBy(one => (one.Method.Info(), one.SourceExpression))
                .Select(group => new StepBinding(group)),
        ]);
        _arguments = new Lazy<ArgumentCheck>(() => new ArgumentCheck(Transformations));
    }

    public IReadOnlyList<StepBinding> Steps => _steps.Value;

    internal PrefixRegistry Registry { get; }

    internal IEnumerable<IStepArgumentTransformationBinding> Transformations => _registry.GetStepTransformations();

    /// <summary>Looks through the assemblies for classes with [Binding].</summary>
    /// <exception cref="BindingException">Some bindings cannot work; the message has a line for each.</exception>
    public static StepCatalogue Discover(params IEnumerable<Assembly> assemblies) => new([.. assemblies.Distinct()]);

    /// <summary>The one binding that fits a step; null where none does, or several do.</summary>
    public StepBinding? Find(StepCase step, ScenarioCase scenario) => Fitting(step, scenario) is [var one] ? one : null;

    /// <summary>A line for each argument of a step that cannot be read.</summary>
    public IEnumerable<string> Unreadable(StepBinding binding, StepCase step) =>
        _arguments.Value.Problems(binding, step);

    /// <summary>The bindings that fit a step best: exactly one where all is well.</summary>
    public IReadOnlyList<StepBinding> Fitting(StepCase step, ScenarioCase scenario)
    {
        var context = new StepContext(
            scenario.Feature.Title, scenario.Title, scenario.Tags, System.Globalization.CultureInfo.InvariantCulture);
        var found = _registry.GetConsideredStepDefinitions(step.Type, step.Text)
            .Select(one => (Binding: one, Scopes: ScopesOf(one, context)))
            .Where(one => one.Scopes >= 0 && one.Binding.Regex.IsMatch(step.Text))
            .ToArray();
        if (found.Length == 0) return [];
        var most = found.Max(one => one.Scopes);
        return
        [
            .. found.Where(one => one.Scopes == most).DistinctBy(one => one.Binding.Method)
                .Select(one => Of(one.Binding)).OfType<StepBinding>(),
        ];
    }

    /// <summary>How many of its scope's conditions a binding meets; -1 where it meets not all of them.</summary>
    private static int ScopesOf(IStepDefinitionBinding binding, StepContext context)
    {
        var scopes = 0;
        return !binding.IsScoped || binding.BindingScope.Match(context, out scopes) ? scopes : -1;
    }

    internal StepBinding? Of(IStepDefinitionBinding binding) => Steps.FirstOrDefault(
        one => one.First.Method.Equals(binding.Method) && one.Source == binding.SourceExpression);
}
