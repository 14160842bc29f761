namespace AirHil.Board.Modem;

/// <summary>How a <see cref="TickClock"/> judges; times are the run's.</summary>
public sealed record TickTimings
{
    /// <summary>
    /// Records of different tasks may change places by this much; more is a restart of the tick (as the rig's log
    /// interpreter has it).
    /// </summary>
    public TimeSpan Disorder { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// From a restart to the first log lines at most, where it took the port away (0.6 to 1.4 s, reference bench §1.5).
    /// </summary>
    public TimeSpan MostEnumeration { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many samples the sliding window holds.</summary>
    public int WindowLines { get; init; } = 64;

    /// <summary>How long a sample stays in the window.</summary>
    public TimeSpan WindowTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How fast the anchor may move to later, in seconds per second: crystals differ by 0.0001 at most; the rest is for
    /// the time from the supply to tick 0, which the rig's act does not tell (inferred).
    /// </summary>
    public double MostRise { get; init; } = 0.002;

    /// <summary>
    /// A whole window that disagrees by more than this is no matter of drift: the module's clock stood still, and the
    /// anchor jumps (inferred; nobody tells whether the tick counts in deep sleep).
    /// </summary>
    public TimeSpan MostDrift { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many records in a row with an impossible tick it takes until they are believed. A single one is damage,
    /// since frames have no checksum.
    /// </summary>
    public int BelievedAfter { get; init; } = 3;
}
