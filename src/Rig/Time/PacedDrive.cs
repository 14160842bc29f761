using System.Collections.Concurrent;
using AirHil.Rig.Actors;
using AirHil.Rig.Replay;
using Akka.Actor;

namespace AirHil.Rig.Time;

/// <summary>
/// Drives an actor system at the wall clock's pace on the calling thread. It is the world of virtual time, held back:
/// a timer due at t fires when the wall says t and sees the clock at t exactly, however late the host is; what comes
/// from outside waits in line and sees the clock at the time it is taken.
/// </summary>
internal sealed class PacedDrive(ActorSystem system, WallClock wall, Action check) : IDrive
{
    private readonly VirtualTimeScheduler _time = (VirtualTimeScheduler)system.Scheduler;
    private readonly ConcurrentQueue<Action> _outside = new();
    // Without spinning: a world mostly waits, and many wait beside it.
    private readonly ManualResetEventSlim _rung = new(false, spinCount: 0);
    private volatile bool _ended;

    public TimeSpan Now => wall.Now is var now && now > _time.Elapsed ? now : _time.Elapsed;

    public TimeSpan ActorsNow => _time.Elapsed;

    public WallClock Wall => wall;

    public long Steps => _time.RunQueue.Executed;

    public void Enter() => _time.RunQueue.Enter();

    public void CatchUp() => _time.AdvanceTo(wall.Now);

    public ValueTask Settle()
    {
        _time.Drain();
        TakeFromOutside();
        check();
        return ValueTask.CompletedTask;
    }

    /// <summary>Has something done by the thread that drives the world. Any thread may call it.</summary>
    public void Post(Action act)
    {
        if (_ended) return;
        _outside.Enqueue(act);
        _rung.Set();
    }

    public ValueTask<bool> AdvanceUntil(Func<bool>? condition, TimeSpan until)
    {
        _time.RunQueue.Enter();
        while (true)
        {
            TakeFromOutside();
            var now = Earlier(wall.Now, until);
            if (_time.AdvanceUntil(Holds, now)) return ValueTask.FromResult(true);
            if (now >= until) return ValueTask.FromResult(false);
            var wait = wall.Until(_time.NextTimer is { } due ? Earlier(due, until) : until);
            if (wait > TimeSpan.Zero) _rung.Wait((int)Math.Min(Math.Ceiling(wait.TotalMilliseconds), int.MaxValue));
        }

        bool Holds()
        {
            check();
            return condition is not null && condition();
        }
    }

    public ValueTask DisposeAsync()
    {
        var clean = false;
        try
        {
            _ended = true;
            TakeFromOutside();
            check();
            clean = true;
        }
        catch (Exception problem) when (problem is ForeignThreadException or RunFailedException
            or RecordingDeviationException)
        {
            // It was thrown at the driver already, or the run ends before it would have mattered.
        }

        VirtualSystem.Return(system, clean);
        return ValueTask.CompletedTask;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void TakeFromOutside()
    {
        // Before the look into the queue: what comes later rings again.
        _rung.Reset();
        while (_outside.TryDequeue(out var act))
        {
            _time.AdvanceTo(wall.Now);
            act();
            _time.Drain();
        }
    }
}
