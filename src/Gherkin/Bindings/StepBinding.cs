using AirHil.Gherkin.Expressions;
using Reqnroll;
using Reqnroll.Bindings;

namespace AirHil.Gherkin.Bindings;

/// <summary>A step: keywords, expression and the method that does it.</summary>
public sealed class StepBinding
{
    /// <exception cref="BindingException">The method does not fit the expression.</exception>
    internal StepBinding(
        BindingMethod method, IReadOnlyList<StepDefinitionType> keywords, StepExpression expression, BindingScope scope)
    {
        Method = method;
        Keywords = keywords;
        Expression = expression;
        Scope = scope;
        if (!method.ReturnsNothing)
        {
            throw new BindingException($"{method.Name}: a step returns void, Task or ValueTask.");
        }

        var values = expression.Parameters?.Count ?? method.Parameters.Count;
        var hasAttachment = method.Parameters.Count == values + 1 && TakesAttachment;
        if (method.Parameters.Count != values && !hasAttachment)
        {
            throw new BindingException(
                $"{method.Name}: \"{expression.Source}\" gives {values} values, the method takes " +
                $"{method.Parameters.Count} (one more is right only for a last DataTable or string).");
        }
    }

    public BindingMethod Method { get; }

    public IReadOnlyList<StepDefinitionType> Keywords { get; }

    public StepExpression Expression { get; }

    internal BindingScope Scope { get; }

    private bool TakesAttachment => Method.Parameters[^1].ParameterType is var last &&
        (last == typeof(string) || last.IsAssignableTo(typeof(Table)));
}
