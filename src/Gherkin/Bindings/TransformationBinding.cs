using System.Text.RegularExpressions;
using AirHil.Gherkin.Expressions;

namespace AirHil.Gherkin.Bindings;

/// <summary>A method that makes a value of its return type out of a step argument.</summary>
internal sealed class TransformationBinding
{
    private readonly Regex? _whole;

    /// <exception cref="ExpressionException">The pattern is no regular expression.</exception>
    public TransformationBinding(BindingMethod method, string? pattern, string? name, int order)
    {
        Method = method;
        Pattern = pattern;
        Name = name ?? method.ResultType.Name;
        IsNamed = name is not null;
        Order = order;
        try
        {
            if (pattern is not null)
            {
                _whole = new Regex($"^(?:{RegexText.WithoutAnchors(pattern)})$", RegexOptions.CultureInvariant);
            }
        }
        catch (ArgumentException error)
        {
            throw new ExpressionException($"in \"{pattern}\": {error.Message}");
        }
    }

    public BindingMethod Method { get; }

    public string? Pattern { get; }

    public string Name { get; }

    public bool IsNamed { get; }

    public int Order { get; }

    /// <summary>The values for the method's parameters, or null when the argument is not for this method.</summary>
    public object[]? Match(object argument)
    {
        if (_whole is null)
        {
            return Method.Parameters.Count == 1 && TakesTable == argument is Reqnroll.DataTable ? [argument] : null;
        }

        if (argument is not string text || _whole.Match(text) is not { Success: true } match) return null;
        var groups = match.Groups.Cast<Group>().Skip(1).Where(group => group.Success).Select(object (g) => g.Value);
        return [.. groups];
    }

    private bool TakesTable => Method.Parameters[0].ParameterType.IsAssignableTo(typeof(Reqnroll.Table));
}
