using System.Globalization;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Scenarios;

/// <summary>What a scenario can see of a module's sleep.</summary>
public static class SleepSenses
{
    /// <summary>It falls asleep or wakes up, and the mode then is right.</summary>
    /// <param name="description">In words that complete "expected …".</param>
    public static Matcher Changes(string description, Func<SleepMode, bool> isRight, string? modem = null) =>
        new EventMatcher(description, s => s.Event is SleepChanged sleep && isRight(sleep.Mode))
        { Modem = modem, Cause = isRight(SleepMode.Awake) ? null : HardwareHints.OfSleep };

    /// <summary>The share of a stretch of the run in which it slept, 0 to 1.</summary>
    public static double Share(Bench bench, TimeSpan from, TimeSpan until)
    {
        ArgumentNullException.ThrowIfNull(bench);
        if (until <= from) return 0;
        var slept = TimeSpan.Zero;
        TimeSpan? since = null;
        foreach (var e in bench.Events)
        {
            if (e.At >= until) break;
            if (e is SleepChanged { Mode: not SleepMode.Awake })
            {
                since ??= e.At;
            }
            else if (since is { } begin && e is SleepChanged or ModemStarted or ModemStopped)
            {
                slept += Overlap(begin, e.At, from, until);
                since = null;
            }
        }

        if (since is { } last) slept += Overlap(last, until, from, until);
        return slept / (until - from);
    }

    /// <summary>Why a module did not sleep enough, as far as the session tells.</summary>
    public static string Shortfall(Bench bench, double percent, double least)
    {
        ArgumentNullException.ThrowIfNull(bench);
        var votes = bench.Events.OfType<KeptAwake>().Select(kept => kept.By.ToString().ToLowerInvariant())
            .Distinct(StringComparer.Ordinal).ToArray();
        var why = votes.Length > 0
            ? $"it was kept awake by: {string.Join(", ", votes)}"
            : bench.Events.OfType<SleepChanged>().Any()
                ? "its script was busy the rest of the time"
                : "its script never waits, or has not asked for sleep by pm.request, pm.force or pm.WORK_MODE";
        return string.Create(
            CultureInfo.InvariantCulture, $"expected at least {least} % of sleep, measured {percent:0.##} %; {why}");
    }

    private static TimeSpan Overlap(TimeSpan begin, TimeSpan end, TimeSpan from, TimeSpan until)
    {
        var first = begin > from ? begin : from;
        var last = end < until ? end : until;
        return last > first ? last - first : TimeSpan.Zero;
    }
}
