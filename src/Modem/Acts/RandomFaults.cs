using AirHil.Modem.Faults;

namespace AirHil.Modem.Acts;

/// <summary>Schedules drawn from a seed: the same seed and duration give the same schedule on every machine.</summary>
public static class RandomFaults
{
    /// <summary>
    /// About one fault in two minutes, at least one, each ended before the run is; times are whole milliseconds.
    /// </summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="duration">The length of the run, from 1 s on.</param>
    /// <exception cref="StepException">It is shorter.</exception>
    public static FaultSchedule Generate(ulong seed, TimeSpan duration)
    {
        if (duration < TimeSpan.FromSeconds(1)) throw new StepException("random faults take a run of 1 s or longer");
        var draw = SplitMix64.For(seed, "faults");
        var lengthMs = (long)Math.Min(duration.TotalMilliseconds, TimeSpan.FromDays(365).TotalMilliseconds);
        var count = (int)Math.Clamp(1 + (lengthMs / 120_000), 1, 10_000);
        var faults = new List<ScheduledAct>(count);
        for (var i = 0; i < count; i++)
        {
            var atMs = Share(draw, lengthMs);
            var fault = Draw(draw);
            var leftMs = lengthMs - atMs;
            var forMs = Math.Clamp(500 + Share(draw, Math.Min(90_000, leftMs)), 1, leftMs);
            faults.Add(new ScheduledAct(TimeSpan.FromMilliseconds(atMs), new BeginFault(
                fault, fault.IsMoment ? null : TimeSpan.FromMilliseconds(forMs))));
        }

        return new FaultSchedule([.. faults.OrderBy(f => f.At)]);
    }

    private static long Share(SplitMix64 draw, long bound) => (long)(draw.NextDouble() * bound);

    private static Fault Draw(SplitMix64 draw) => draw.Below(19) switch
    {
        0 => new DropCoverage(),
        1 => new BlackHole(),
        2 => new ResetConnections(),
        3 => new FailDns(),
        4 => new FailDns(true),
        5 => new FailTls(),
        6 => new FailTls(true),
        7 => new SlowLink(TimeSpan.FromMilliseconds(200 + draw.Below(3_000)), 200 + draw.Below(20_000)),
        8 => new RefuseConnections(),
        9 => new SilentHost(),
        10 => new RefuseUpgrade(draw.Below(2) == 0 ? 503 : 401),
        11 => new StallUpgrade(),
        12 => new GlueFrameTo101(),
        13 => new CloseWithFrame(1000 + draw.Below(4)),
        14 => new CloseWithoutFrame(),
        15 => new ForgetConnections(),
        16 => new FallSilent(),
        17 => new Fragment(),
        _ => new OversizeFrame(4_000 + draw.Below(4_000)),
    };
}
