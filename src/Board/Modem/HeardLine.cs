namespace AirHil.Board.Modem;

/// <summary>A log line as it was heard.</summary>
/// <param name="Tick">The module's time.</param>
/// <param name="IsBanner">It is the firmware's banner, of which each start shows one.</param>
public readonly record struct HeardLine(TimeSpan Tick, bool IsBanner);

/// <summary>When a log line happened.</summary>
/// <param name="HappenedAt">In the run's time; never later than it was heard.</param>
/// <param name="Start">
/// When the module started, where the line is the first of a new start; null: it goes on as before.
/// </param>
public readonly record struct DatedLine(TimeSpan HappenedAt, TimeSpan? Start);
