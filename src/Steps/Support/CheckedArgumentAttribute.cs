namespace AirHil.Steps.Support;

/// <summary>Arguments of a step can be seen to be wrong before any scenario runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class CheckedArgumentAttribute : Attribute
{
    /// <summary>What is wrong with them; null: nothing.</summary>
    /// <param name="arguments">As the step has them, without quotes; at least one.</param>
    /// <param name="featureFolder">Where the feature file is.</param>
    public abstract string? WhyWrong(IReadOnlyList<string> arguments, string featureFolder);

    /// <summary>The capability that a target must have for them; null: none.</summary>
    /// <param name="arguments">Arguments that are not wrong.</param>
    public virtual string? Needs(IReadOnlyList<string> arguments) => null;
}
