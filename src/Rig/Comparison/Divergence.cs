using AirHil.Modem.Sessions;

namespace AirHil.Rig.Comparison;

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
