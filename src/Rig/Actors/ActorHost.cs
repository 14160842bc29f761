using Akka.Actor;
using Akka.Configuration;

namespace AirHil.Rig.Actors;

/// <summary>
/// The process's actor system. It starts with the first world on the wall clock and ends with the process; a run in
/// virtual time never starts it.
/// </summary>
internal static class ActorHost
{
    /// <summary>
    /// A world has a thread of its own, since its machines may wait for the host's devices. Failures go to
    /// whoever drives the world, not logged.
    /// </summary>
    private static readonly string Settings = $$"""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          actor.guardian-supervisor-strategy = "Akka.Actor.StoppingSupervisorStrategy"
          coordinated-shutdown.exit-clr = off
        }
        airhil.world-dispatcher.type = "{{typeof(WorldDispatcher.OnePerActor).AssemblyQualifiedName}}"
        """;

    private static readonly Lazy<ActorSystem> Process =
        new(() => ActorSystem.Create("airhil", ConfigurationFactory.ParseString(Settings)));

    /// <summary>Starts an actor; when it throws it is stopped, and no other with it.</summary>
    public static IActorRef Start<TActor>(Func<TActor> create)
        where TActor : ActorBase =>
        Process.Value.ActorOf(Props.CreateBy(new Producer<TActor>(create)).WithDispatcher("airhil.world-dispatcher"));

    public static void Stop(IActorRef actor) => Process.Value.Stop(actor);
}
