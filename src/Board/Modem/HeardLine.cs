namespace AirHil.Board.Modem;

/// <summary>A log line as it was heard.</summary>
/// <param name="Tick">The module's time.</param>
/// <param name="IsBanner">It is the firmware's banner, which each start prints once.</param>
internal readonly record struct HeardLine(TimeSpan Tick, bool IsBanner);
