using AirHil.Modem;

namespace AirHil.Board.Emulator;

/// <summary>
/// An emulated board's time and what is due on it. It follows a clock that any thread may ask; the rest is for the
/// board's thread alone.
/// </summary>
internal sealed class BoardTime
{
    private readonly DueQueue<Action<TimeSpan>> _due = new();
    private Func<TimeSpan> _clock = () => TimeSpan.Zero;

    /// <summary>How far the board has come; never more than the clock shows.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>What the clock shows.</summary>
    public TimeSpan Clock => _clock();

    /// <summary>Seconds of the clock in one second of the wall's.</summary>
    public double Speed { get; private set; } = 1;

    /// <summary>When the next act is due; null: none is.</summary>
    public TimeSpan? Next => _due.Next;

    /// <summary>From now on it follows that clock, which does not go back.</summary>
    public void Follow(Func<TimeSpan> clock, double speed)
    {
        (_clock, Speed) = (clock, speed);
        Now = clock();
    }

    /// <summary>The board has come as far as that, if it has not come further.</summary>
    public void MoveTo(TimeSpan time)
    {
        if (time > Now) Now = time;
    }

    /// <summary>Something happens at that time; acts of the same time happen in the order of the calls.</summary>
    public void At(TimeSpan due, Action<TimeSpan> act) => _due.Add(due, act);

    /// <summary>
    /// What has just been read takes effect now. By a time asked before the reading it might do so before it was sent,
    /// and whoever sent it would take the start that it causes for an earlier one.
    /// </summary>
    public void AtOnce(Action<TimeSpan> act) => At(Clock is var now && now > Now ? now : Now, act);

    /// <summary>Performs the next act if it is due by then.</summary>
    public bool TryPerform(TimeSpan due)
    {
        if (!_due.TryTakeDue(due, out var act)) return false;
        act(Now);
        return true;
    }

    /// <summary>How long the wall's clock takes until then; negative: it is past.</summary>
    public TimeSpan Until(TimeSpan due) => (due - Clock) / Speed;
}
