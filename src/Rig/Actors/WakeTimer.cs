using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>
/// An actor's one timer. It is armed at the earliest deadline asked for; a later one need not move it, because an early
/// wake-up does nothing but arm it again, and a superseded one is harmless.
/// </summary>
internal sealed class WakeTimer(IScheduler scheduler, IActorRef owner)
{
    private readonly ICancelable _ended = new Cancelable(scheduler);
    private TimeSpan _armedAt = TimeSpan.MaxValue;

    /// <summary>The message that a wake-up brings.</summary>
    public object Message { get; } = new WakeUp();

    /// <summary>Sees to a wake-up at <paramref name="due"/> or earlier; null asks for none.</summary>
    public void Arm(TimeSpan? due, TimeSpan now)
    {
        if (due is not { } at || at >= _armedAt) return;
        _armedAt = at;
        scheduler.ScheduleTellOnce(at > now ? at - now : TimeSpan.Zero, owner, Message, owner, _ended);
    }

    /// <summary>A wake-up came.</summary>
    public void Rung(TimeSpan now)
    {
        if (_armedAt <= now) _armedAt = TimeSpan.MaxValue;
    }

    /// <summary>No wake-up comes any more.</summary>
    public void Stop() => _ended.Cancel();

    private sealed class WakeUp;
}
