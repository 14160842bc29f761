using System.Text.RegularExpressions;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>
/// A step: keywords, expression and the method that does it. Reqnroll has one binding for each keyword.
/// </summary>
public sealed class StepBinding
{
    private readonly IReadOnlyList<IStepDefinitionBinding> _bindings;

    internal StepBinding(IEnumerable<IStepDefinitionBinding> bindings)
    {
        _bindings = [.. bindings];
        Method = BindingMethod.Of(First.Method);
        Keywords = [.. _bindings.Select(one => one.StepDefinitionType).Distinct()];
    }

    public BindingMethod Method { get; }

    public IReadOnlyList<StepDefinitionType> Keywords { get; }

    /// <summary>As written in the attribute.</summary>
    public string Source => First.SourceExpression;

    public bool IsRegularExpression => First.ExpressionType == StepDefinitionExpressionTypes.RegularExpression;

    /// <summary>The arguments in a step's text that fits, in their order and without their quotes.</summary>
    public IReadOnlyList<string> Arguments(string text) =>
    [
        .. First.Regex.Match(text).Groups.Cast<Group>().Skip(1).Where(group => group.Success)
            .Select(group => Unquoted(group.Value)),
    ];

    private static string Unquoted(string text) =>
        text.Length >= 2 && (text[0] is '"' or '\'') && text[^1] == text[0] ? text[1..^1] : text;

    internal IStepDefinitionBinding First => _bindings[0];
}
