using AirHil.Modem.Units;

namespace AirHil.Rig.Comparison;

/// <summary>
/// Judges the times of events that belong together. What counts is the time since the event before of the same
/// sequence, or since the rig's last act where that is later: one delay that differs is one difference, however much
/// comes after it.
/// </summary>
internal sealed class PairJudge(ComparisonTally tally, bool ordered)
{
    private TimeSpan? _left;
    private TimeSpan? _right;
    private TimeSpan? _leftTick;
    private TimeSpan? _rightTick;

    /// <summary>By how much the time since the event before differs.</summary>
    public TimeSpan Shift(in ComparedEvent left, in ComparedEvent right)
    {
        var (one, other) = Gaps(left, right);
        return (one - other).Duration();
    }

    /// <summary>Two equal events.</summary>
    public void Pair(in ComparedEvent left, in ComparedEvent right)
    {
        var (leftGap, rightGap) = Gaps(left, right);
        // When the rig acts is the run's to say; only where everything must be the same it counts.
        var counts = ordered || !left.IsAct;
        var holds = !counts || (tally.Tolerance.Holds(leftGap, rightGap) && TicksHold(left, right));
        tally.Pair(left, right, leftGap, rightGap, holds);
        Remember(left, right);
    }

    /// <summary>Two events in one place that say different things.</summary>
    public void Changed(in ComparedEvent left, in ComparedEvent right)
    {
        tally.Changed(left, right);
        Remember(left, right);
    }

    private (TimeSpan Left, TimeSpan Right) Gaps(in ComparedEvent left, in ComparedEvent right)
    {
        var (leftBase, rightBase) = (_left ?? left.Begin, _right ?? right.Begin);
        if (!ordered && !left.IsAct && left.LastAct > leftBase)
        {
            (leftBase, rightBase) = (left.LastAct, right.LastAct);
        }

        return (left.Event.At - leftBase, right.Event.At - rightBase);
    }

    private bool TicksHold(in ComparedEvent left, in ComparedEvent right)
    {
        if (tally.Tolerance != Tolerance.None) return true;
        if (left.Event.Tick is not { } one || right.Event.Tick is not { } other)
        {
            return left.Event.Tick == right.Event.Tick;
        }

        return _leftTick is not { } before || _rightTick is not { } also || one < before
            || one - before == other - also;
    }

    private void Remember(in ComparedEvent left, in ComparedEvent right)
    {
        (_left, _right) = (left.Event.At, right.Event.At);
        if (left.Event.Tick is { } one) _leftTick = one;
        if (right.Event.Tick is { } other) _rightTick = other;
    }
}
