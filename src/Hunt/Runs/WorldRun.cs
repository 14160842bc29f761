using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Rig.Observation;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Hunt.Runs;

/// <summary>
/// One world from its beginning to its end, to the first violation that is not known yet, or until all is broken.
/// </summary>
internal static class WorldRun
{
    /// <param name="known">Causes whose violation does not end the run.</param>
    /// <param name="seen">Sees every event; null: nobody does.</param>
    /// <param name="places">Places of the script that are known; null: they are not looked at.</param>
    /// <param name="longestSpin">A script that keeps the processor so long ends the run; null: only one that has kept
    /// it for <see cref="Spin.MostOfRun"/>.</param>
    public static RunOutcome Do(
        HuntSubject subject, FaultSchedule schedule, IReadOnlySet<Cause> known, Action<Sighting>? seen = null,
        TimeSpan? longestSpin = null, IReadOnlySet<ulong>? places = null)
    {
        var options = subject.Options with { Vitals = Spin.Interval };
        var trail = places is null ? null : new ScriptTrail();
        if (trail is not null && options.Target is VirtualTarget target)
        {
            options = options with { Target = target.Counting(trail) };
        }

        var bench = new Bench(options);
        try
        {
            var outcome = Do(bench, subject, schedule, known, seen, longestSpin ?? TimeSpan.MaxValue);
            return trail is null
                ? outcome
                : outcome with { Places = trail.Places(places!), Commits = trail.Commits };
        }
        finally
        {
            bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    /// <summary>When the last fault of a schedule is over, as far as it is known before the run.</summary>
    public static TimeSpan EndOf(FaultSchedule schedule) =>
        schedule.Acts.Select(act => act.At + (act.Behind?.Delay ?? TimeSpan.Zero) + act.Act.Lasts).DefaultIfEmpty()
            .Max();

    private static RunOutcome Do(
        Bench bench, HuntSubject subject, FaultSchedule schedule, IReadOnlySet<Cause> known, Action<Sighting>? seen,
        TimeSpan longestSpin)
    {
        var judge = new PropertyJudge(subject.Properties, subject.Settling);
        var (trail, state, spin) = (new Trail(), new LastState(), new Spin());
        var broken = new List<(Violation Violation, Cause Cause)>();
        var isEnough = false;
        bench.Watch(sighting =>
        {
            judge.Feed(sighting);
            Triage(sighting.At);
            state.Feed(sighting.Event);
            trail.Feed(sighting.Event);
            spin.Feed(sighting.Event);
            seen?.Invoke(sighting);
        });
        foreach (var endpoint in subject.Endpoints) bench.AddService(endpoint);
        foreach (var peer in subject.Peers) bench.AddPeer(peer.Script, peer.Place, peer.Modem);
        bench.Firmware(subject.Firmware);
        // The order in which the feature that tells of it has them: it must come to the same run.
        foreach (var act in schedule.Acts) bench.Schedule(act);
        var isOn = subject.Acts is [{ At: var first, Act: SwitchOn }, ..] && first == TimeSpan.Zero;
        foreach (var act in subject.Acts.Skip(isOn ? 1 : 0)) bench.Schedule(act);
        if (isOn) bench.Do(subject.Acts[0].Act).AsTask().GetAwaiter().GetResult();
        var length = subject.LengthBehind(EndOf(schedule));
        bench.RunUntil(() => isEnough || IsCut(), length).AsTask().GetAwaiter().GetResult();
        var isCut = !isEnough && IsCut();
        if (!isEnough && !isCut)
        {
            judge.PassTo(bench.Now, bench.Session.Total);
            Triage(bench.Now);
        }

        return new RunOutcome(schedule, broken, trail.Pairs, [], [], judge.Nearness, bench.Now, spin.Longest, isCut);

        bool IsCut() => spin.Longest >= longestSpin || spin.Total >= Spin.MostOfRun;

        void Triage(TimeSpan now)
        {
            for (; broken.Count < judge.Violations.Count;)
            {
                var violation = judge.Violations[broken.Count];
                var cause = Cause.Of(violation, state, now);
                broken.Add((violation, cause));
                isEnough |= !known.Contains(cause);
            }

            // Nothing is left to judge; a script that spins or restarts for ever would only cost time.
            isEnough |= broken.Count == subject.Properties.Count;
        }
    }
}
