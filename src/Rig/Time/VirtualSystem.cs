using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;

namespace AirHil.Rig.Time;

/// <summary>
/// Actor systems on virtual time: the same actors, another scheduler and dispatcher by HOCON alone. A system costs a
/// few milliseconds, most of them for reading Akka's own defaults, so an empty one serves the next run.
/// </summary>
public static class VirtualSystem
{
    /// <summary>How many idle systems are kept: more than there are threads that simulate.</summary>
    private const int Spares = 64;

    private static readonly ConcurrentBag<ActorSystem> Idle = [];

    private static readonly Lazy<Config> Settings = new(() => ConfigurationFactory.ParseString(
        $$"""
        akka {
          stdout-loglevel = OFF
          loglevel = OFF
          loggers = []
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          scheduler.implementation = {{Quoted(typeof(VirtualTimeScheduler))}}
          actor {
            default-dispatcher { {{Dispatcher}}, throughput-deadline-time = 0ms }
            internal-dispatcher { {{Dispatcher}}, throughput-deadline-time = 0ms }
            default-blocking-io-dispatcher { {{Dispatcher}} }
          }
          coordinated-shutdown {
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
        }
        """));

    private static string Dispatcher => $"type = {Quoted(typeof(RunQueueDispatcherConfigurator))}, throughput = 1";

    /// <summary>Takes a system for a run that begins at time zero.</summary>
    /// <param name="epoch">Calendar time then.</param>
    /// <param name="interleaving">0: ready actors run first in, first out; else the seed that draws their
    /// order.</param>
    public static ActorSystem Rent(DateTimeOffset epoch, ulong interleaving = 0)
    {
        if (!Idle.TryTake(out var system)) system = Create();
        ((VirtualTimeScheduler)system.Scheduler).Reset(epoch, interleaving);
        return system;
    }

    /// <summary>Gives a system back.</summary>
    /// <param name="clean">Whether all its actors have ended and nothing went wrong in it; otherwise it is
    /// dropped.</param>
    public static void Return(ActorSystem system, bool clean)
    {
        if (clean && Idle.Count < Spares) Idle.Add(system);
        else Stop(system);
    }

    /// <summary>Makes a system ahead of need, as on another thread while a process starts.</summary>
    public static void Prepare() => Idle.Add(Create());

    private static ActorSystem Create() => ActorSystem.Create("airhil", Settings.Value);

    private static void Stop(ActorSystem system)
    {
        var queue = ((VirtualTimeScheduler)system.Scheduler).RunQueue;
        queue.Open();
        _ = system.Terminate();
        queue.Finish();
    }

    private static string Quoted(Type type) => $"\"{type.FullName}, {type.Assembly.GetName().Name}\"";
}
