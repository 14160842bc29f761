namespace AirHil.Reports;

/// <summary>What a comparison with another session found.</summary>
/// <param name="Other">The other session.</param>
/// <param name="Verdict">In words: "equal", or what the first difference is.</param>
public sealed record ReportComparison(ReportSession Other, string Verdict)
{
    /// <summary>Where the first session goes its own way; null: they are equal.</summary>
    public TimeSpan? DivergesAt { get; init; }

    /// <summary>The same place in the other session.</summary>
    public TimeSpan? OtherDivergesAt { get; init; }
}
