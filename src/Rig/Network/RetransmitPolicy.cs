using System.Globalization;
using AirHil.Modem.Units;

namespace AirHil.Rig.Network;

/// <summary>
/// How often and how long one end of a TCP connection repeats what is not acknowledged: the wait doubles from
/// <paramref name="First"/> up to <paramref name="Longest"/>, and the end gives up after <paramref name="Tries"/>
/// repetitions or <paramref name="Total"/>, whichever comes first.
/// </summary>
public sealed record RetransmitPolicy(TimeSpan First, TimeSpan Longest, int Tries, TimeSpan Total)
{
    /// <summary>
    /// The module's stack: TCP_DEFRTX 6, without a limit of the whole time (net §0.3: TCP_MAXRTX and its time only
    /// bound what could be set); the waits have lwIP's shape, which makes 127 s.
    /// </summary>
    public static RetransmitPolicy Module { get; } =
        new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(128), 6, TimeSpan.FromSeconds(127));

    /// <summary>
    /// A server's stack as most run it: 200 ms at first, at most 120 s, 15 repetitions (about 15 minutes; RFC 9293
    /// §3.8.3 asks for 100 s or more).
    /// </summary>
    public static RetransmitPolicy Server { get; } =
        new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(120), 15, TimeSpan.FromHours(1));

    /// <summary>
    /// The wait before repetition <paramref name="attempt"/> (0 is the first), or after the last one before giving up.
    /// </summary>
    public TimeSpan Wait(int attempt)
    {
        var factor = 1L << Math.Min(attempt, 20);
        var ticks = Math.Min(First.Ticks * factor, Longest.Ticks);
        return TimeSpan.FromTicks(ticks);
    }

    /// <summary>As people say it: "1 s, doubling up to 128 s; 6 repetitions, 127 s in all".</summary>
    public override string ToString() =>
        $"{DurationText.Format(First)}, doubling up to {DurationText.Format(Longest)}; " +
        string.Create(CultureInfo.InvariantCulture, $"{Tries} repetitions, {DurationText.Format(Total)} in all");
}
