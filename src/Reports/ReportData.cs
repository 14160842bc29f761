namespace AirHil.Reports;

/// <summary>What a report is made of: the results of a run and the sessions behind them.</summary>
public sealed record ReportData
{
    /// <summary>What the page is called, such as the folder of features.</summary>
    public required string Title { get; init; }

    /// <summary>What the scenarios ran on: "virtual", "board:NAME", ….</summary>
    public string Target { get; init; } = "";

    /// <summary>The run's seed; null where there was none.</summary>
    public ulong? Seed { get; init; }

    /// <summary>When the run began on the wall; null where nobody knows, as for a session that was read back.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>How long the run took, on the wall.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>In the order of the features; a report shows those that failed first.</summary>
    public required IReadOnlyList<ReportScenario> Scenarios { get; init; }
}
