using AirHil.Rig.Actors;
using AirHil.Rig.Replay;
using Akka.Actor;

namespace AirHil.Rig.Time;

/// <summary>Drives an actor system in virtual time on the calling thread.</summary>
internal sealed class VirtualDrive(ActorSystem system, Action check) : IDrive
{
    private readonly VirtualTimeScheduler _time = (VirtualTimeScheduler)system.Scheduler;

    public TimeSpan Now => _time.Elapsed;

    public TimeSpan ActorsNow => _time.Elapsed;

    public long Steps => _time.RunQueue.Executed;

    public void Enter() => _time.RunQueue.Enter();

    public void CatchUp()
    {
    }

    public ValueTask Settle()
    {
        _time.Drain();
        check();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> AdvanceUntil(Func<bool>? condition, TimeSpan until)
    {
        var holds = _time.AdvanceUntil(
            () =>
            {
                check();
                return condition is not null && condition();
            },
            until);
        return ValueTask.FromResult(holds);
    }

    public ValueTask DisposeAsync()
    {
        var clean = false;
        try
        {
            _time.Drain();
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
}
