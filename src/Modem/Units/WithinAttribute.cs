namespace AirHil.Modem.Units;

/// <summary>The range of a number, or of the count of a list. The reader of outside data checks it.</summary>
/// <param name="least">The least allowed value.</param>
/// <param name="most">The greatest allowed value.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WithinAttribute(double least, double most) : Attribute
{
    public double Least { get; } = least;

    public double Most { get; } = most;

    /// <summary>Allowed values lie this far apart, counted from the least; 0: every value in the range.</summary>
    public double Step { get; init; }

    /// <summary>Whether the value is allowed; NaN never is.</summary>
    public bool Allows(double value) =>
        value >= Least && value <= Most && (Step == 0 || (value - Least) % Step == 0);

    public override string ToString() => Step == 0
        ? FormattableString.Invariant($"from {Least} to {Most}")
        : FormattableString.Invariant($"from {Least} to {Most} in steps of {Step}");
}
