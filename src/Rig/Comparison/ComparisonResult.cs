namespace AirHil.Rig.Comparison;

/// <summary>How two sessions differ.</summary>
/// <param name="Equal">They do not.</param>
/// <param name="First">The first difference, by time; null: there is none.</param>
/// <param name="Kinds">Counts by lane and kind, in the order in which they came.</param>
/// <param name="Notes">What else should be known, in sentences.</param>
public sealed record ComparisonResult(
    bool Equal, Divergence? First, IReadOnlyList<KindSummary> Kinds, IReadOnlyList<string> Notes)
{
    /// <summary>The first differences, by time; <see cref="MostListed"/> at most.</summary>
    public IReadOnlyList<Divergence> Differences { get; init; } = [];

    /// <summary>How many differences there are in all.</summary>
    public long Count { get; init; }

    /// <summary>How many differences are listed.</summary>
    public const int MostListed = 100;
}
