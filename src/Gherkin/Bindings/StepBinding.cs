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

    internal IStepDefinitionBinding First => _bindings[0];
}
