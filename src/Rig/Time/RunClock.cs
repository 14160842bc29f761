using Akka.Actor;

namespace AirHil.Rig.Time;

/// <summary>The run's time: what its actor system's scheduler counts, from zero at the run's beginning.</summary>
public sealed class RunClock(ITimeProvider scheduler)
{
    private readonly TimeSpan _origin = scheduler.MonotonicClock;

    public TimeSpan Now => scheduler.MonotonicClock - _origin;
}
