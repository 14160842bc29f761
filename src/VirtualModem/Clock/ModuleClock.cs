namespace AirHil.VirtualModem.Clock;

/// <summary>
/// The time of the present act, in the run's time. Inside a slice of Lua it moves with the instructions, so that
/// whatever the script does carries the time of the instruction that did it.
/// </summary>
/// <param name="startedAt">The run's time of the last power-on or reset.</param>
internal sealed class ModuleClock(TimeSpan startedAt)
{
    private TimeSpan _event = startedAt;

    public TimeSpan StartedAt { get; } = startedAt;

    /// <summary>What the CPU has spent since its slice began; null while it runs nothing.</summary>
    public Func<TimeSpan>? Spent { get; set; }

    public TimeSpan Now => Spent is null ? _event : _event + Spent();

    /// <summary>The module's own time: since its last start.</summary>
    public TimeSpan Tick => Now - StartedAt;

    /// <summary>Moves to the time of the next event.</summary>
    public void MoveTo(TimeSpan time) => _event = time;
}
