using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Scenarios;

/// <content>
/// Senses. A cursor runs through the session: an act sets it to now, a fulfilled expectation sets it behind the event
/// that fulfilled it. Expectations look from the cursor on, so one event fulfils one expectation, and what happened
/// while time passed by <see cref="RunFor"/> still counts.
/// </content>
public sealed partial class Bench
{
    /// <summary>
    /// Waits for an event behind the cursor, seen already or to come within <paramref name="within"/> from now.
    /// </summary>
    /// <exception cref="ExpectationException">It did not come.</exception>
    public async ValueTask<Sighting> Expect(Matcher matcher, TimeSpan within)
    {
        var deadline = Now + within;
        var search = new Search(Session, matcher, _cursor);
        await Advance(search.Find, deadline + Options.Target.Latency);
        if (search.Found is not { } found)
        {
            throw Failure(
                matcher,
                $"expected {matcher} within {DurationText.Format(within)}; it had not come by {Clock(Now)}",
                null,
                Passed(matcher));
        }

        if (found.At > deadline)
        {
            throw Failure(
                matcher,
                $"expected {matcher} within {DurationText.Format(within)}, by {Clock(deadline, found.At)}; it came " +
                $"too late, at {Clock(found.At, deadline)}",
                found);
        }

        Pass(search, found);
        return found;
    }

    /// <summary>
    /// Waits for an event behind the cursor and judges its distance from the <see cref="Reference"/>.
    /// </summary>
    /// <exception cref="ExpectationException">It came too early, too late, or not at all.</exception>
    public async ValueTask<Sighting> ExpectAfter(Matcher matcher, TimeSpan expected, Tolerance tolerance)
    {
        var reference = _cursor.At;
        var latest = reference + expected + tolerance.Width(expected);
        // A little longer than allowed, so that a late event can be told from one that never comes.
        var patience = latest + Longer(expected) + Options.Target.Latency;
        var search = new Search(Session, matcher, _cursor);
        await Advance(search.Find, patience > Now ? patience : Now);
        var wanted = $"expected {matcher} {DurationText.Format(expected)} {tolerance} after {Clock(reference)}";
        if (search.Found is not { } found)
        {
            throw Failure(matcher, $"{wanted}; it had not come by {Clock(Now)}", null, Passed(matcher));
        }

        var actual = Between(_cursor, found);
        if (!tolerance.Holds(expected, actual))
        {
            var side = actual < expected ? "too early" : "too late";
            throw Failure(matcher,
                $"{wanted}; it came {side}, after {DurationText.Say(actual, expected)}, at {Clock(found.At)}", found);
        }

        Pass(search, found);
        return found;
    }

    /// <summary>
    /// Lets that much time pass and sees to it that no such event happens in it. Behind an event that was heard late
    /// the time counts from its happening. The cursor stays.
    /// </summary>
    /// <exception cref="ExpectationException">It happened.</exception>
    public async ValueTask ExpectNot(Matcher matcher, TimeSpan during)
    {
        var start = Options.Target.Latency > TimeSpan.Zero ? _place : Now;
        var search = new Search(Session, matcher, _cursor, notBefore: start);
        var end = start + during;
        var patience = end + Options.Target.Latency;
        if (await Advance(search.Find, patience > Now ? patience : Now) && search.Found is { } found && found.At <= end)
        {
            throw Failure(
                matcher,
                $"expected no such thing for {DurationText.Format(during)}: {matcher}; it happened at " +
                $"{Clock(found.At)}",
                found);
        }

        _place = end;
    }

    private void Pass(Search search, Sighting found)
    {
        (_cursor, _place) = (search.Behind, found.At);
        _found.Add(found.Index);
    }

    /// <summary>
    /// That what was awaited is between the last act and what a later step found, where no step looks; null: it is not.
    /// </summary>
    private string? Passed(Matcher matcher)
    {
        var from = _acted;
        for (var search = new Search(Session, matcher, from); search.Find() && search.Found is { } passed;
            search = new Search(Session, matcher, from))
        {
            if (passed.Index >= _cursor.Index) return null;
            if (!_found.Contains(passed.Index))
            {
                return $"it came at {Clock(passed.At)}, before what the last step found; a step looks only behind that";
            }

            from = search.Behind;
        }

        return null;
    }

    /// <summary>How many events matched since a mark.</summary>
    /// <exception cref="KeyNotFoundException">There is no such mark.</exception>
    public int Count(Matcher matcher, string sinceMark) => _marks.TryGetValue(sinceMark, out var mark)
        ? CountFrom(matcher, mark)
        : throw new KeyNotFoundException($"there is no mark '{sinceMark}'; marks: {string.Join(", ", _marks.Keys)}");

    /// <summary>How many events matched at or after a time of the run (zero: all that is kept).</summary>
    public int Count(Matcher matcher, TimeSpan since) =>
        CountFrom(matcher, new Cursor(Session.FirstAtOrAfter(since), since));

    /// <summary>How many events matched behind the cursor: since the last act or fulfilled expectation.</summary>
    public int Count(Matcher matcher) => CountFrom(matcher, _cursor);

    /// <summary>The last event that matches, anywhere in what is kept; null: none. The cursor stays.</summary>
    public Sighting? Last(Matcher matcher)
    {
        Sighting? last = null;
        var scan = matcher.Begin();
        foreach (var sighting in Session.Kept())
        {
            if (scan.Feed(sighting, 0)) last = sighting;
        }

        return last;
    }

    /// <summary>
    /// Between two lines of one start the module's own clock tells exactly, where the run's time of each is dated by
    /// what was known when it was heard.
    /// </summary>
    private TimeSpan Between(Cursor from, Sighting to)
    {
        var byRun = to.At - from.At;
        return from.Tick is { } first && to.Event.Tick is { } last
            && ((last - first) - byRun).Duration() <= Options.Target.Latency
                ? last - first
                : byRun;
    }

    private static TimeSpan Longer(TimeSpan expected) =>
        TimeSpan.FromTicks(Math.Clamp(expected.Ticks, TimeSpan.TicksPerSecond, TimeSpan.TicksPerMinute));

    private static string Clock(TimeSpan time, TimeSpan? beside = null) => DurationText.Say(time, beside);

    private int CountFrom(Matcher matcher, Cursor from)
    {
        var count = 0;
        for (var search = new Search(Session, matcher, from); search.Find();
            search = new Search(Session, matcher, from))
        {
            count++;
            from = search.Behind;
        }

        return count;
    }

    private ExpectationException Failure(Matcher matcher, string what, Sighting? culprit, string? cause = null)
    {
        var around = EventFold.Of(
            Session.Around(culprit?.Index ?? Session.Total, EventFold.Window), FailureReport.Lines, culprit?.Index);
        var hint = cause ?? FailureHints.For(this, what, _cursor)
            ?? (culprit is null ? matcher.Cause?.Invoke(this) : null);
        return new ExpectationException(FailureReport.Write(what, around, culprit, hint))
        {
            Awaited = matcher.Description,
            At = Now,
            Around = [.. around.Select(line => line.Sighting.Event)],
            Hint = hint,
        };
    }

    /// <summary>
    /// One matcher's walk through a session, which goes on where it stopped when more events have come.
    /// </summary>
    /// <param name="notBefore">What happened earlier does not count, whenever it was heard of; null: it does.</param>
    private sealed class Search(SessionLog session, Matcher matcher, Cursor from, TimeSpan? notBefore = null)
    {
        private readonly MatcherScan _scan = matcher.Begin();
        private long _next = Math.Max(from.Index, session.First);
        private long? _back = from.Back;

        public Sighting? Found { get; private set; }

        /// <summary>The cursor behind what was found.</summary>
        public Cursor Behind { get; private set; }

        /// <summary>Looks at what has come since; true once found.</summary>
        public bool Find()
        {
            if (Found is not null || FindBack()) return true;
            while (session.TryGet(_next, out var sighting))
            {
                var index = _next++;
                if (sighting.At < notBefore) continue;
                if (!_scan.Feed(sighting, index == from.Index ? from.Skip : 0)) continue;
                Found = sighting;
                Behind = _scan.Used is { } used && used < sighting.Event.Bytes.Length
                    ? new Cursor(index, sighting.At, used)
                    : new Cursor(index + 1, sighting.At) { Tick = sighting.Event.Tick };
                if (from.Back is { } back) Behind = Behind with { Back = IsHeard(sighting) ? back : index + 1 };
                return true;
            }

            return false;
        }

        /// <summary>Once: what happened behind the cursor and was recorded before it.</summary>
        private bool FindBack()
        {
            if (_back is not { } back) return false;
            _back = null;
            for (var index = Math.Max(back, session.First); index < from.Index; index++)
            {
                if (!session.TryGet(index, out var sighting)) break;
                if (sighting.At <= from.At || sighting.At < notBefore || IsHeard(sighting)) continue;
                if (!_scan.Feed(sighting, 0)) continue;
                Found = sighting;
                Behind = new Cursor(from.Index, sighting.At, from.Skip) { Back = index + 1 };
                return true;
            }

            return false;
        }

        /// <summary>What comes over the module's own lines is recorded in the order in which it happened.</summary>
        private static bool IsHeard(in Sighting sighting) => sighting.Event.Lane is SessionLane.Log or SessionLane.Uart;
    }
}
