using Reqnroll.Bindings;

namespace Reqnroll;

/// <summary>Marks a class whose methods may be steps, hooks and argument transformations.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class BindingAttribute : Attribute;

/// <summary>How the text of a step attribute is to be read.</summary>
public enum ExpressionType
{
    /// <summary>By its look: <c>^…$</c> is a regular expression, everything else a Cucumber Expression.</summary>
    Unspecified,
    CucumberExpression,
    RegularExpression,
}

/// <summary>What the step attributes share: an expression and the keywords it answers to.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class StepDefinitionBaseAttribute : Attribute
{
    protected StepDefinitionBaseAttribute(string? expression, StepDefinitionType[] types)
    {
        Expression = expression;
        Types = types;
    }

    public StepDefinitionType[] Types { get; }

    /// <summary>A Cucumber Expression, or a regular expression written <c>^…$</c>.</summary>
    public string? Expression { get; set; }

    public ExpressionType ExpressionType { get; set; }
}

/// <summary>A step for the keyword Given.</summary>
public class GivenAttribute(string? expression) : StepDefinitionBaseAttribute(expression, [StepDefinitionType.Given])
{
    public GivenAttribute() : this(null)
    {
    }
}

/// <summary>A step for the keyword When.</summary>
public class WhenAttribute(string? expression) : StepDefinitionBaseAttribute(expression, [StepDefinitionType.When])
{
    public WhenAttribute() : this(null)
    {
    }
}

/// <summary>A step for the keyword Then.</summary>
public class ThenAttribute(string? expression) : StepDefinitionBaseAttribute(expression, [StepDefinitionType.Then])
{
    public ThenAttribute() : this(null)
    {
    }
}

/// <summary>A step for any keyword.</summary>
public class StepDefinitionAttribute(string? expression) : StepDefinitionBaseAttribute(
    expression, [StepDefinitionType.Given, StepDefinitionType.When, StepDefinitionType.Then])
{
    public StepDefinitionAttribute() : this(null)
    {
    }
}
