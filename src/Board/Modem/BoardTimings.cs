namespace AirHil.Board.Modem;

/// <summary>
/// The times by which a board is judged. All are the run's time, but those marked "of the host", which are the wall
/// clock's and grow with the run's speed. No board was measured for them: "inferred" says that nobody states the value.
/// </summary>
public sealed record BoardTimings
{
    /// <summary>
    /// How long the supply stays off at least, so that capacitors are empty (inferred; the reset line alone wants 0.5
    /// s, reference bench §4.1).
    /// </summary>
    public TimeSpan OffTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Of the host. How long the lines are listened to before the board is started, so that what an earlier session
    /// left in them does not count (inferred; stale bytes spoil the first command, reference bench §3).
    /// </summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>
    /// Of the host. How long the start waits for a port that has not opened and has not said why (inferred).
    /// </summary>
    public TimeSpan OpenTime { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Of the host. How often the log is asked for while its port is silent (reference bench §2.5: about every second).
    /// </summary>
    public TimeSpan EnablePeriod { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After how long an open log port without a frame is spoken of (inferred; the first frame comes 0.7 s after a
    /// reset, reference bench §1.5).
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>
    /// After how long a start or a reset that shows no boot is spoken of (inferred; a flashed board needs 5 to 15 s,
    /// reference bench §1.5).
    /// </summary>
    public TimeSpan BootLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long the log port may be away before the board counts as lost. It is longer than a re-enumeration (0.6 to
    /// 1.4 s, reference bench §1.5); a crashed board keeps its port and is merely silent for 25 to 40 s (§2.7).
    /// </summary>
    public TimeSpan LostLimit { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Of the host. How long bytes and reset sequences wait for a port that re-enumerates (inferred from 0.6 to 1.4 s,
    /// reference bench §1.5).
    /// </summary>
    public TimeSpan WriteWait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Of the host. After how long without bytes a log line that might go on is given out (inferred; the parts of a
    /// line follow each other within <see cref="Log.SplitLineJoiner.MaxGapMs"/> ms).
    /// </summary>
    public TimeSpan FlushTime { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// How long an order for the radio waits for the first line of the agent, before it is sent all the same (inferred;
    /// the script's first line comes 0.3 s after a start, reference bench §2.7).
    /// </summary>
    public TimeSpan AgentLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Of the host. How long the agent has for its answer, before it is asked again (inferred).</summary>
    public TimeSpan AgentAnswer { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How log lines are dated.</summary>
    public TickTimings Ticks { get; init; } = new();
}
