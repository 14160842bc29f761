using System.Collections.Concurrent;
using AirHil.Rig.Actors;
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
    private readonly SemaphoreSlim _rung = new(0);
    private volatile bool _ended;

    public TimeSpan Now => wall.Now is var now && now > _time.Elapsed ? now : _time.Elapsed;

    public WallClock Wall => wall;

    public void Enter()
    {
        _time.RunQueue.Enter();
        _time.AdvanceTo(wall.Now);
    }

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
        _rung.Release();
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
            if (_outside.IsEmpty && wait > TimeSpan.Zero) _rung.Wait(wait);
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
        catch (Exception problem) when (problem is ForeignThreadException or RunFailedException)
        {
            // It was thrown at the driver already, or the run ends before it would have mattered.
        }

        VirtualSystem.Return(system, clean);
        return ValueTask.CompletedTask;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void TakeFromOutside()
    {
        while (_outside.TryDequeue(out var act))
        {
            _time.AdvanceTo(wall.Now);
            act();
            _time.Drain();
        }

        // Each ring is answered by looking into the queue, so the count may start again.
        while (_rung.Wait(0))
        {
        }
    }
}
