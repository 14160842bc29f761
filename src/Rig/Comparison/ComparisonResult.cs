using AirHil.Modem.Sessions;

namespace AirHil.Rig.Comparison;

/// <summary>How two sessions differ.</summary>
/// <param name="Equal">They do not.</param>
/// <param name="First">The first difference, by time; null: there is none.</param>
/// <param name="Kinds">Counts by lane and kind, in the order in which they came.</param>
/// <param name="Notes">What else should be known, in sentences.</param>
public sealed record ComparisonResult(
    bool Equal, Divergence? First, IReadOnlyList<KindSummary> Kinds, IReadOnlyList<string> Notes)
{
    /// <summary>The first differences, by time; <see cref="MostListed"/> at most.</summary>
    public IReadOnlyList<Divergence> Differences { get; init; } = [];

    /// <summary>How many differences there are in all.</summary>
    public long Count { get; init; }

    /// <summary>How many differences are listed.</summary>
    public const int MostListed = 100;
}

/// <summary>How one event differs.</summary>
public enum DivergenceKind
{
    /// <summary>It says something else: text, bytes or tick.</summary>
    Changed,

    /// <summary>Only the first session has it.</summary>
    Missing,

    /// <summary>Only the second session has it.</summary>
    Added,

    /// <summary>It comes at another time after the event before.</summary>
    Moved,
}

/// <summary>One difference.</summary>
/// <param name="LeftIndex">The event's place in the first session; -1 where it is not there.</param>
/// <param name="RightIndex">The event's place in the second session; -1 where it is not there.</param>
/// <param name="LeftGap">For <see cref="DivergenceKind.Moved"/>: the time since the event before, in the first.</param>
/// <param name="RightGap">For <see cref="DivergenceKind.Moved"/>: the same in the second.</param>
public sealed record Divergence(
    DivergenceKind Kind, long LeftIndex, SessionEvent? Left, long RightIndex, SessionEvent? Right,
    TimeSpan LeftGap = default, TimeSpan RightGap = default)
{
    /// <summary>Where in time: in the first session where the event is there, else in the second.</summary>
    public TimeSpan At => Left?.At ?? Right!.At;

    /// <summary>Events of the first session around it, with their places; for the first difference only.</summary>
    public IReadOnlyList<(long Index, SessionEvent Event)> LeftContext { get; init; } = [];

    /// <summary>Events of the second session around it, with their places; for the first difference only.</summary>
    public IReadOnlyList<(long Index, SessionEvent Event)> RightContext { get; init; } = [];
}

/// <summary>How the events of one kind compare.</summary>
public sealed record KindSummary(SessionLane Lane, string Kind)
{
    /// <summary>How many the first session has.</summary>
    public long Left { get; internal set; }

    /// <summary>How many the second session has.</summary>
    public long Right { get; internal set; }

    /// <summary>How many are the same, time included.</summary>
    public long Same { get; internal set; }

    /// <summary>How many say something else.</summary>
    public long Changed { get; internal set; }

    /// <summary>How many only the first session has.</summary>
    public long Missing { get; internal set; }

    /// <summary>How many only the second session has.</summary>
    public long Added { get; internal set; }

    /// <summary>How many come at another time than the tolerance allows.</summary>
    public long Moved { get; internal set; }

    /// <summary>The greatest difference of the time since the event before, among those aligned.</summary>
    public TimeSpan WidestShift { get; internal set; }
}
