using Akka.Actor;
using Akka.Configuration;

namespace AirHil.Rig.Time;

/// <summary>Actor systems on the wall clock.</summary>
public static class WallSystem
{
    public static ActorSystem Start() => ActorSystem.Create(
        "airhil",
        ConfigurationFactory.ParseString(
            """
            akka {
              stdout-loglevel = OFF
              loglevel = OFF
              loggers = []
              log-dead-letters = off
              log-dead-letters-during-shutdown = off
              coordinated-shutdown.run-by-clr-shutdown-hook = off
            }
            """));
}
