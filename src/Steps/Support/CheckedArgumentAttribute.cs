namespace AirHil.Steps.Support;

/// <summary>A step's first argument can be seen to be wrong before any scenario runs.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class CheckedArgumentAttribute : Attribute
{
    /// <summary>What is wrong with the argument; null: nothing.</summary>
    /// <param name="argument">As the step has it, without quotes.</param>
    /// <param name="featureFolder">Where the feature file is.</param>
    public abstract string? WhyWrong(string argument, string featureFolder);
}
