using System.Globalization;
using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>
/// Compares two sessions event by event, in constant memory. Events are aligned by what they say; then their times are
/// judged.
/// </summary>
public static class SessionComparer
{
    /// <summary>
    /// Compares two files. Each is opened again where a difference is to be shown with its surroundings.
    /// </summary>
    /// <exception cref="SessionFormatException">One of them is damaged.</exception>
    public static ComparisonResult Compare(
        Func<SessionReader> openLeft, Func<SessionReader> openRight, ComparisonOptions options)
    {
        var notes = new List<string>();
        using var left = openLeft();
        using var right = openRight();
        var result = Compare(left.ReadEvents(), right.ReadEvents(), options, notes);
        notes.AddRange(left.Repairs);
        notes.AddRange(right.Repairs);
        if (left.End is { Masked: > 0 } != right.End is { Masked: > 0 })
        {
            notes.Add("secrets are masked in one session only, so that they differ");
        }

        if (result.First is not { } first) return result;
        first = first with
        {
            LeftContext = Around(openLeft, PlaceOf(first.LeftIndex, first.At, openLeft), options.Context),
            RightContext = Around(openRight, PlaceOf(first.RightIndex, first.At, openRight), options.Context),
        };
        return result with { First = first };
    }

    /// <summary>Compares events; samples of vitals are passed over.</summary>
    /// <param name="notes">What else should be known is added here.</param>
    public static ComparisonResult Compare(
        IEnumerable<SessionEvent> left, IEnumerable<SessionEvent> right, ComparisonOptions options,
        List<string>? notes = null)
    {
        notes ??= [];
        var tally = new ComparisonTally(options.Tolerance);
        var ordered = options.Ordered;
        var lanes = new Dictionary<(SessionLane, string), LaneAligner>();
        LaneAligner AlignerOf(SessionEvent e)
        {
            var key = ordered ? default : (e.Lane, e.Modem);
            if (!lanes.TryGetValue(key, out var lane)) lanes[key] = lane = new LaneAligner(tally, ordered);
            return lane;
        }

        var one = new Side(left, options);
        var other = new Side(right, options);
        var (hasLeft, hasRight) = (one.Next(), other.Next());
        while (hasLeft || hasRight)
        {
            // Whichever is behind in time, or in place where only the place counts.
            var takesLeft = hasLeft && (!hasRight || (ordered
                ? one.Count <= other.Count
                : one.Current.Event.At <= other.Current.Event.At));
            if (takesLeft)
            {
                tally.CountLeft(one.Current.Event);
                AlignerOf(one.Current.Event).AddLeft(one.Current);
                hasLeft = one.Next();
            }
            else
            {
                tally.CountRight(other.Current.Event);
                AlignerOf(other.Current.Event).AddRight(other.Current);
                hasRight = other.Next();
            }
        }

        foreach (var lane in lanes.Values) lane.Finish();
        return Result(tally, options, notes);
    }

    private static ComparisonResult Result(ComparisonTally tally, ComparisonOptions options, List<string> notes)
    {
        var counted = new List<SessionLane>();
        foreach (var lane in tally.Kinds.GroupBy(k => k.Lane))
        {
            var (left, right) = (lane.Sum(k => k.Left), lane.Sum(k => k.Right));
            if (options.SkipMissingLanes && (left == 0 || right == 0))
            {
                notes.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"lane {EventLines.NameOf(lane.Key)}: only the {(left == 0 ? "second" : "first")} session has " +
                    $"it ({left + right} events); it was not compared"));
                continue;
            }

            counted.Add(lane.Key);
        }

        var differences = tally.First(counted.Contains);
        var count = counted.Sum(tally.CountOf);
        return new ComparisonResult(count == 0, differences.Count > 0 ? differences[0] : null, tally.Kinds, notes)
        {
            Differences = differences,
            Count = count,
        };
    }

    /// <summary>
    /// The place of the event, or, where the session does not have it, of the first one later than it.
    /// </summary>
    private static long PlaceOf(long index, TimeSpan at, Func<SessionReader> open)
    {
        if (index >= 0) return index;
        using var reader = open();
        var place = 0L;
        foreach (var e in reader.ReadEvents())
        {
            if (e.Lane == SessionLane.Vitals) continue;
            if (e.At > at) break;
            place++;
        }

        return place;
    }

    /// <summary>Events around a place, two of them behind it.</summary>
    private static List<(long, SessionEvent)> Around(Func<SessionReader> open, long place, int count)
    {
        using var reader = open();
        var shown = new List<(long, SessionEvent)>();
        var index = 0L;
        var from = Math.Max(0, place - count + 3);
        foreach (var e in reader.ReadEvents())
        {
            if (e.Lane == SessionLane.Vitals) continue;
            if (index >= from) shown.Add((index, e));
            if (++index >= from + count) break;
        }

        return shown;
    }

    /// <summary>One session as it is read.</summary>
    private sealed class Side(IEnumerable<SessionEvent> events, ComparisonOptions options)
    {
        private readonly IEnumerator<SessionEvent> _events = events.GetEnumerator();
        private readonly EventKeys _keys = new(options);
        private readonly bool _passesOver = options.WithoutLanes.Count > 0 || options.WithoutKinds.Count > 0;
        private TimeSpan _begin;
        private TimeSpan _lastAct;
        private bool _hasBegun;

        public ComparedEvent Current { get; private set; }

        /// <summary>Events read so far, those that are passed over too.</summary>
        public long Count { get; private set; }

        public bool Next()
        {
            while (_events.MoveNext())
            {
                var e = _events.Current;
                if (e.Lane == SessionLane.Vitals) continue;
                var isAct = e.IsAct;
                if (isAct && !_hasBegun && e is PowerApplied) (_hasBegun, _begin) = (true, e.At);
                var index = Count++;
                var lastAct = _lastAct;
                if (isAct) _lastAct = e.At;
                if (_passesOver && (options.WithoutLanes.Contains(e.Lane) || options.WithoutKinds.Contains(e.Kind)))
                {
                    continue;
                }

                Current = new ComparedEvent(index, e, _keys.Of(e), _begin, lastAct, isAct);
                return true;
            }

            return false;
        }
    }
}
