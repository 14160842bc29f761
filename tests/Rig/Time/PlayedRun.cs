using AirHil.Rig.Time;

namespace AirHil.Rig.Tests.Time;

/// <summary>A run whose thread is the test's: what other threads post is done when the test asks for it.</summary>
internal sealed class PlayedRun : ILiveRun
{
    private readonly WallClock _wall = new();
    private readonly Queue<Action<TimeSpan>> _posted = new();

    /// <summary>Where the clock stands still; null: it goes as the wall's.</summary>
    public TimeSpan? Held { get; set; }

    public TimeSpan Now => Held ?? _wall.Now;

    public double Speed { get; init; } = 1;

    public void Post(Action<TimeSpan> happened)
    {
        lock (_posted)
        {
            _posted.Enqueue(happened);
            Monitor.Pulse(_posted);
        }
    }

    /// <summary>Does what has been posted.</summary>
    public void DoPosted()
    {
        while (TryNext() is { } happened) happened(Now);
    }

    /// <summary>Waits until something is posted, for so long at most.</summary>
    public void Await(TimeSpan limit)
    {
        lock (_posted)
        {
            if (_posted.Count == 0) Monitor.Wait(_posted, limit);
        }
    }

    private Action<TimeSpan>? TryNext()
    {
        lock (_posted) return _posted.TryDequeue(out var happened) ? happened : null;
    }
}
