using AirHil.Modem;
using AirHil.Modem.Acts;

namespace AirHil.Hunt.Search;

/// <summary>
/// Draws schedules: some kinds of faults out of all (a swarm), one to four events, scattered, in clusters, behind
/// events of the run without faults, or the same again; the supply and the reset line also between two writes to flash.
/// Durations are spread over their orders of magnitude.
/// </summary>
/// <param name="kinds">What to draw from; one at least.</param>
/// <param name="events">Events of the run without faults: when, and of which kind.</param>
/// <param name="commits">When the run without faults was done with each write to flash.</param>
/// <param name="limits">Limits some of them.</param>
/// <param name="length">Faults begin and end within it.</param>
internal sealed class ScheduleDraw(
    IReadOnlyList<FaultKind> kinds, IReadOnlyList<(TimeSpan At, string Kind)> events, IReadOnlyList<TimeSpan> commits,
    LimitDraw limits, TimeSpan length)
{
    private const int MostDrawn = 4;
    private const int MostEvents = 6;
    private const int MostKinds = 4;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    /// <summary>A schedule of its own.</summary>
    public FaultSchedule New(SplitMix64 draw)
    {
        var swarm = new FaultKind[1 + draw.Below(MostKinds)];
        for (var i = 0; i < swarm.Length; i++) swarm[i] = kinds[draw.Below(kinds.Count)];
        var count = 1 + draw.Below(MostDrawn);
        var acts = new List<ScheduledAct>();
        for (var i = 0; i < count; i++) acts.Add(Event(draw, swarm, acts));
        return Sorted(acts);
    }

    /// <summary>A schedule that is near another.</summary>
    public FaultSchedule Mutate(SplitMix64 draw, FaultSchedule from)
    {
        var acts = from.Acts.ToList();
        var place = draw.Below(acts.Count);
        switch (draw.Below(4))
        {
            case 0 when acts.Count < MostEvents:
                acts.Add(Event(draw, kinds, acts));
                break;
            case 1 when acts.Count > 1:
                acts.RemoveAt(place);
                break;
            case 2:
                acts[place] = acts[place] with { At = Within(acts[place].At + Shift(draw)) };
                break;
            default:
                acts[place] = Event(draw, kinds, []) with { At = acts[place].At, Behind = acts[place].Behind };
                break;
        }

        return Sorted(acts);
    }

    private ScheduledAct Event(SplitMix64 draw, IReadOnlyList<FaultKind> from, List<ScheduledAct> before)
    {
        if (before.Count > 0 && draw.Below(4) == 0)
        {
            return before[draw.Below(before.Count)] with { At = Within(Whole(draw.NextDouble() * length)) };
        }

        var kind = from[draw.Below(from.Count)];
        var time = Spread(draw, Shortest, Longest < length ? Longest : length);
        var act = limits.Draw(draw, kind.Draw(draw, time), time);
        if (commits.Count > 0 && act is SwitchOff or PullReset or SinkSupply && draw.Below(2) == 0)
        {
            // Between this write and the next: the first whole millisecond behind it.
            var done = commits[draw.Below(commits.Count)];
            return new ScheduledAct(Within(Whole(done + TimeSpan.FromTicks(TimeSpan.TicksPerMillisecond - 1))), act);
        }

        switch (draw.Below(3))
        {
            case 0 when before.Count > 0:
                var near = before[draw.Below(before.Count)];
                return near with { At = Within(near.At + Spread(draw, Shortest, TimeSpan.FromSeconds(20))), Act = act };
            case 1 when events.Count > 0:
                var (at, seen) = events[draw.Below(events.Count)];
                var delay = draw.Below(3) == 0
                    ? TimeSpan.Zero
                    : Spread(draw, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(3));
                return new ScheduledAct(Within(at - Shortest), act, new Anchor(seen, delay));
            default:
                return new ScheduledAct(Within(Whole(draw.NextDouble() * length)), act);
        }
    }

    private static TimeSpan Shift(SplitMix64 draw)
    {
        var shift = Spread(draw, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(30));
        return draw.Below(2) == 0 ? shift : -shift;
    }

    private TimeSpan Within(TimeSpan at) => at < TimeSpan.Zero ? TimeSpan.Zero : at > length ? length : Whole(at);

    /// <summary>Log-uniform: each doubling is as likely, and no power of two is computed by a processor.</summary>
    private static TimeSpan Spread(SplitMix64 draw, TimeSpan least, TimeSpan most)
    {
        var doublings = 0;
        while (least * (1L << (doublings + 1)) <= most) doublings++;
        var low = least * (1L << draw.Below(doublings + 1));
        var time = low + (draw.NextDouble() * low);
        return Whole(time < most ? time : most);
    }

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Floor(time.TotalMilliseconds));

    private static FaultSchedule Sorted(List<ScheduledAct> acts) => new([.. acts.OrderBy(act => act.At)]);
}
