using AirHil.Gherkin.Plan;

namespace AirHil.Gherkin.Results;

/// <summary>What became of one scenario.</summary>
public sealed record ScenarioResult
{
    /// <summary>A case that does not run, with the reason.</summary>
    public static ScenarioResult NotRun(ScenarioCase scenario, string reason) => new()
    {
        Case = scenario,
        Status = CaseStatus.Skipped,
        Steps = [.. scenario.Steps.Select(s => new StepResult(s, CaseStatus.Skipped, TimeSpan.Zero, null))],
        Duration = TimeSpan.Zero,
        Message = reason,
        Errors = [],
        SkipReason = reason,
        Output = [],
        Attachments = [],
    };

    public required ScenarioCase Case { get; init; }

    public required CaseStatus Status { get; init; }

    public required IReadOnlyList<StepResult> Steps { get; init; }

    /// <summary>When it began, by the run's own clock.</summary>
    public TimeSpan Began { get; init; }

    /// <summary>From before the first hook to after the last disposal, by the run's own clock.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Why the scenario did not pass, first cause first, with places; empty when it passed.</summary>
    public required string Message { get; init; }

    /// <summary>The exceptions behind <see cref="Message"/>, of steps, hooks and disposals.</summary>
    public required IReadOnlyList<Exception> Errors { get; init; }

    /// <summary>The reason when <see cref="Status"/> is Skipped.</summary>
    public string? SkipReason { get; init; }

    /// <summary>What failed or skipped outside of the steps, in order.</summary>
    public IReadOnlyList<AroundFailure> Around { get; init; } = [];

    /// <summary>Lines that bindings wrote.</summary>
    public required IReadOnlyList<string> Output { get; init; }

    /// <summary>Paths of files that bindings attached.</summary>
    public required IReadOnlyList<string> Attachments { get; init; }
}
