namespace AirHil.Rig.Scenarios;

/// <summary>A place in a session, behind which expectations look.</summary>
/// <param name="Index">The first event that may match.</param>
/// <param name="At">The time that durations are judged from.</param>
/// <param name="Skip">How many bytes of that first event are used up already.</param>
internal readonly record struct Cursor(long Index, TimeSpan At, int Skip = 0)
{
    /// <summary>The module's own time there, where a log line set it.</summary>
    public TimeSpan? Tick { get; init; }

    /// <summary>
    /// From which event on there may be some that happened behind this place and were recorded before it, since a log
    /// is heard late and the air is not; null: all that happened later was recorded later.
    /// </summary>
    public long? Back { get; init; }
}
