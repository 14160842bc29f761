using AirHil.Gherkin.Results;

namespace AirHil.Reports;

/// <summary>One scenario of a report, or a session on its own.</summary>
public sealed record ReportScenario
{
    /// <summary>What became of the scenario; null for a session without one.</summary>
    public ScenarioResult? Result { get; init; }

    /// <summary>What to call it where there is no result.</summary>
    public string Title { get; init; } = "";

    /// <summary>What crossed the interfaces while it ran; null where nothing was kept.</summary>
    public ReportSession? Session { get; init; }

    /// <summary>
    /// Run times of the steps that ran, in their order: those of <see cref="ScenarioResult.Steps"/> that have begun.
    /// </summary>
    public IReadOnlyList<StepTime> StepTimes { get; init; } = [];

    /// <summary>A second session that the first was compared with; null where there was no comparison.</summary>
    public ReportComparison? Comparison { get; init; }

    /// <summary>The scenario's own seed; null where it has none.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The command that repeats exactly this; "" where none does.</summary>
    public string Repeat { get; init; } = "";
}
