namespace AirHil.VirtualModem;

/// <summary>Marks a parameter whose value no source states: it was inferred and waits for a measurement on a board.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GuessAttribute(string why) : Attribute
{
    /// <summary>Where the value comes from, in a sentence.</summary>
    public string Why { get; } = why;
}

/// <summary>One guessed parameter, as <c>docs/fidelity.md</c> lists it.</summary>
public sealed record ParameterGuess(string Name, string Value, string Why);
