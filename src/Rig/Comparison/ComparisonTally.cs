using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.Comparison;

/// <summary>Counts what a comparison finds, and keeps the first differences of each lane.</summary>
internal sealed class ComparisonTally(Tolerance tolerance)
{
    private readonly Dictionary<(SessionLane, string), KindSummary> _kinds = [];
    private readonly List<KindSummary> _inOrder = [];
    private readonly LaneFindings[] _lanes = [.. Enum.GetValues<SessionLane>().Select(_ => new LaneFindings())];
    private KindSummary? _last;

    public Tolerance Tolerance => tolerance;

    public IReadOnlyList<KindSummary> Kinds => _inOrder;

    public bool SameKind(in ComparedEvent left, in ComparedEvent right) =>
        left.Event.Lane == right.Event.Lane && left.Event.Kind == right.Event.Kind
        && left.Event.Modem == right.Event.Modem;

    public void CountLeft(SessionEvent e) => Of(e).Left++;

    public void CountRight(SessionEvent e) => Of(e).Right++;

    public void Pair(in ComparedEvent left, in ComparedEvent right, TimeSpan leftGap, TimeSpan rightGap, bool holds)
    {
        var kind = Of(left.Event);
        var shift = (leftGap - rightGap).Duration();
        if (shift > kind.WidestShift) kind.WidestShift = shift;
        if (holds)
        {
            kind.Same++;
            return;
        }

        kind.Moved++;
        Add(new Divergence(
            DivergenceKind.Moved, left.Index, left.Event, right.Index, right.Event, leftGap, rightGap));
    }

    public void Changed(in ComparedEvent left, in ComparedEvent right)
    {
        Of(left.Event).Changed++;
        Add(new Divergence(DivergenceKind.Changed, left.Index, left.Event, right.Index, right.Event));
    }

    public void Missing(in ComparedEvent left)
    {
        Of(left.Event).Missing++;
        Add(new Divergence(DivergenceKind.Missing, left.Index, left.Event, -1, null));
    }

    public void Added(in ComparedEvent right)
    {
        Of(right.Event).Added++;
        Add(new Divergence(DivergenceKind.Added, -1, null, right.Index, right.Event));
    }

    /// <summary>How many differences a lane has.</summary>
    public long CountOf(SessionLane lane) => _lanes[(int)lane].Count;

    /// <summary>The first differences of some lanes, by time.</summary>
    public IReadOnlyList<Divergence> First(Func<SessionLane, bool> of) =>
    [
        .. _lanes.Where((_, lane) => of((SessionLane)lane)).SelectMany(lane => lane.Kept())
            .OrderBy(d => d.At).ThenBy(d => d.Left is null).ThenBy(d => Math.Max(d.LeftIndex, d.RightIndex))
            .Take(ComparisonResult.MostListed),
    ];

    private void Add(Divergence difference) =>
        _lanes[(int)(difference.Left ?? difference.Right!).Lane].Add(difference);

    private KindSummary Of(SessionEvent e)
    {
        if (_last is { } last && last.Lane == e.Lane && ReferenceEquals(last.Kind, e.Kind)) return last;
        if (!_kinds.TryGetValue((e.Lane, e.Kind), out var kind))
        {
            _kinds[(e.Lane, e.Kind)] = kind = new KindSummary(e.Lane, e.Kind);
            _inOrder.Add(kind);
        }

        return _last = kind;
    }

    private sealed class LaneFindings
    {
        private readonly List<Divergence> _first = [];

        public long Count { get; private set; }

        public void Add(Divergence difference)
        {
            Count++;
            if (_first.Count >= ComparisonResult.MostListed * 2)
            {
                // Modems of one lane come to it apart; the earliest are wanted.
                _first.Sort((one, other) => one.At.CompareTo(other.At));
                _first.RemoveRange(ComparisonResult.MostListed, _first.Count - ComparisonResult.MostListed);
                if (difference.At >= _first[^1].At) return;
            }

            _first.Add(difference);
        }

        public IEnumerable<Divergence> Kept() => _first;
    }
}
