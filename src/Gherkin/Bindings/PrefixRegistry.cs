using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>
/// Tells most steps apart by the text that their expressions begin with, without regular expressions.
/// </summary>
internal sealed class PrefixRegistry : BindingRegistry, IBindingRegistry
{
    private (IStepDefinitionBinding Binding, string Prefix)[]? _prefixed;
    private bool? _isValid;

    /// <summary>Every step asks; nothing is added once the registry is ready.</summary>
    bool IBindingRegistry.IsValid => Ready ? _isValid ??= IsValid : IsValid;

    IEnumerable<IStepDefinitionBinding> IBindingRegistry.GetConsideredStepDefinitions(
        StepDefinitionType stepDefinitionType, string? stepText)
    {
        _prefixed ??= [.. GetStepDefinitions().Select(one => (one, PrefixOf(one)))];
        foreach (var (binding, prefix) in _prefixed)
        {
            if (binding.StepDefinitionType == stepDefinitionType &&
                (stepText is null || stepText.StartsWith(prefix, StringComparison.Ordinal))) yield return binding;
        }
    }

    private static string PrefixOf(IStepDefinitionBinding binding)
    {
        if (binding.ExpressionType != StepDefinitionExpressionTypes.CucumberExpression) return "";
        var source = binding.SourceExpression;
        var special = source.AsSpan().IndexOfAny("{(/\\");
        if (special < 0) return source;
        return source[special] == '{' ? source[..special] : source[..(source.LastIndexOf(' ', special) + 1)];
    }
}
