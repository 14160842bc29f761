namespace AirHil.Gherkin.Plan;

/// <summary>
/// Why a feature file, or a part of it, cannot be run. Line and column count from 1; 0 means the file as a whole.
/// </summary>
public sealed record FeatureFileError(string File, int Line, int Column, string Reason)
{
    /// <summary><c>file:line:column: reason</c>, the way editors and compilers write it.</summary>
    public string Message => Line == 0
        ? $"{File}: {Reason}"
        : FormattableString.Invariant($"{File}:{Line}:{Column}: {Reason}");
}
