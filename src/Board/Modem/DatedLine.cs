namespace AirHil.Board.Modem;

/// <summary>When a log line happened.</summary>
/// <param name="HappenedAt">In the run's time; never later than it was heard.</param>
/// <param name="Start">
/// When the module started, where the line is the first of a new start; null: it goes on as before.
/// </param>
internal readonly record struct DatedLine(TimeSpan HappenedAt, TimeSpan? Start);
