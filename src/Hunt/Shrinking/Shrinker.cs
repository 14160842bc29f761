using AirHil.Modem.Acts;
using AirHil.Modem.Faults;

namespace AirHil.Hunt.Shrinking;

/// <summary>
/// Makes a schedule as small as it can be without losing what it shows: no event can be left out, no duration (how long
/// a fault acts, and the one in it) made the next shorter round one, no limit dropped, and no time a rounder one.
/// </summary>
/// <param name="shows">Runs a schedule and tells whether it still shows the same.</param>
internal sealed class Shrinker(Func<FaultSchedule, bool> shows)
{
    private const int MostRuns = 400;

    public int Runs { get; private set; }

    public FaultSchedule Shrink(FaultSchedule found)
    {
        var acts = found.Acts.ToList();
        bool changed;
        do
        {
            changed = Drop(acts);
            for (var i = 0; i < acts.Count; i++)
            {
                changed |= Try(acts, i, WithoutAnchor(acts[i]));
                changed |= Try(acts, i, Wider(acts[i]));
                changed |= Try(acts, i, Shorter(acts[i]));
                changed |= Try(acts, i, Less(acts[i]));
                changed |= Try(acts, i, Rounder(acts[i]));
            }
        }
        while (changed && Runs < MostRuns);
        return Sorted(acts);
    }

    private bool Drop(List<ScheduledAct> acts)
    {
        var changed = false;
        for (var i = acts.Count - 1; i >= 0; i--)
        {
            var left = acts.Where((_, place) => place != i).ToArray();
            if (!Shows(left)) continue;
            acts.RemoveAt(i);
            changed = true;
        }

        return changed;
    }

    /// <summary>The first of the other forms that still shows the same takes the act's place.</summary>
    private bool Try(List<ScheduledAct> acts, int place, IEnumerable<ScheduledAct> others)
    {
        foreach (var other in others)
        {
            ScheduledAct[] changed = [.. acts];
            changed[place] = other;
            if (!Shows(changed)) continue;
            acts[place] = other;
            return true;
        }

        return false;
    }

    private bool Shows(IReadOnlyList<ScheduledAct> acts)
    {
        if (Runs >= MostRuns) return false;
        Runs++;
        return shows(Sorted(acts));
    }

    private static FaultSchedule Sorted(IEnumerable<ScheduledAct> acts) => new([.. acts.OrderBy(act => act.At)]);

    private static IEnumerable<ScheduledAct> WithoutAnchor(ScheduledAct act)
    {
        if (act.Behind is not null) yield return act with { Behind = null };
    }

    /// <summary>A fault without one of its limits; else with fewer occurrences.</summary>
    private static IEnumerable<ScheduledAct> Wider(ScheduledAct act)
    {
        if (act.Act is not BeginFault { Fault.Limits: var limits } begin) yield break;
        foreach (var kind in Enum.GetValues<LimitKinds>())
        {
            if ((limits.Kinds & kind) != 0) yield return Limited(limits.Without(kind));
        }

        for (var times = 1; times < limits.Times; times++) yield return Limited(limits with { Times = times });

        ScheduledAct Limited(FaultLimits limits)
        {
            var fault = begin.Fault with { Limits = limits };
            return act with { Act = begin with { Fault = fault, For = fault.IsMoment ? null : begin.For } };
        }
    }

    private static IEnumerable<ScheduledAct> Shorter(ScheduledAct act) =>
        RoundSteps.Shorter(act.Act.Lasts).Select(shorter => act with { Act = act.Act.Lasting(shorter) });

    /// <summary>A fault with a shorter duration in it: a shorter gap, a delay that is less.</summary>
    private static IEnumerable<ScheduledAct> Less(ScheduledAct act)
    {
        if (act.Act is not BeginFault begin) yield break;
        foreach (var less in RoundSteps.Shorter(begin.Fault.Extent))
        {
            yield return act with { Act = begin with { Fault = begin.Fault.WithExtent(less) } };
        }
    }

    private static IEnumerable<ScheduledAct> Rounder(ScheduledAct act)
    {
        foreach (var at in RoundSteps.Near(act.At)) yield return act with { At = at };
        if (act.Behind is not { } anchor) yield break;
        if (anchor.Delay > TimeSpan.Zero) yield return act with { Behind = anchor with { Delay = TimeSpan.Zero } };
        foreach (var delay in RoundSteps.Shorter(anchor.Delay))
        {
            yield return act with { Behind = anchor with { Delay = delay } };
        }
    }
}
