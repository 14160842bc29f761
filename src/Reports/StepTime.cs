namespace AirHil.Reports;

/// <summary>When a step began and ended, in the run's time.</summary>
public readonly record struct StepTime(TimeSpan From, TimeSpan To);
