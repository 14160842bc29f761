using AirHil.Gherkin.Plan;

namespace AirHil.Gherkin.Results;

/// <summary>What became of one step.</summary>
/// <param name="Duration">By the run's own clock; zero for a step that did not run.</param>
/// <param name="Error">Why it did not pass; null when it passed or was merely passed over.</param>
public sealed record StepResult(StepCase Step, CaseStatus Status, TimeSpan Duration, Exception? Error)
{
    /// <summary>When it began, by the run's own clock; null for a step that did not run.</summary>
    public TimeSpan? Began { get; init; }

    /// <summary>Why it did not pass, in words; "" when it passed or was merely passed over.</summary>
    public string Message => Error?.Message ?? "";

    public SourceLocation Location => Step.Location;
}
