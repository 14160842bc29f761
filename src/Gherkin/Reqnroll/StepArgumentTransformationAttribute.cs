namespace Reqnroll;

/// <summary>
/// A method that turns a step argument into its return type. With a regex, the whole argument must match and the
/// groups become the method's parameters; with a <see cref="Name"/>, expressions may say <c>{name}</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public class StepArgumentTransformationAttribute : Attribute
{
    public const int DefaultOrder = 10000;

    public StepArgumentTransformationAttribute()
    {
    }

    public StepArgumentTransformationAttribute(string regex, int order = DefaultOrder)
    {
        Regex = regex;
        Order = order;
    }

    public string? Regex { get; set; }

    public string? Name { get; set; }

    /// <summary>Lower is asked first when several transformations give the same type.</summary>
    public int Order { get; set; } = DefaultOrder;
}
