namespace AirHil.Gherkin.Plan;

/// <summary>A place in a feature file; lines count from 1, and the path is as it was given.</summary>
public sealed record SourceLocation(string File, int Line)
{
    public override string ToString() => FormattableString.Invariant($"{File}:{Line}");
}
