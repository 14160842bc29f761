using AirHil.Modem.Sessions;
using AirHil.Rig.Sessions;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>Writes what the others tell it into the session, in the order in which it was told.</summary>
internal sealed class RecorderActor(SessionLog session) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is SessionEvent e) session.Append(e);
        else Unhandled(message);
    }
}
