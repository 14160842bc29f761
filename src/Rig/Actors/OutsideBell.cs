using AirHil.Rig.Time;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>Wakes an actor from another thread, once for any number of rings.</summary>
internal sealed class OutsideBell(PacedDrive drive, IActorRef actor, object message) : ILiveRun
{
    private int _rung;

    public TimeSpan Now => drive.Wall.Now;

    public double Speed => drive.Wall.Speed;

    public void Ring()
    {
        if (Interlocked.Exchange(ref _rung, 1) == 1) return;
        drive.Post(() =>
        {
            Volatile.Write(ref _rung, 0);
            actor.Tell(message, ActorRefs.NoSender);
        });
    }
}
