using AirHil.Rig.Runs;
using Akka.Actor;

namespace AirHil.Rig.Actors;

/// <summary>
/// A virtual Air780E as an actor of any actor system: the tutorial's network and services are around it, and it lives
/// on the wall clock, perhaps faster.
/// </summary>
/// <example>
/// <code>
/// var module = system.ActorOf(Air780EActor.Props(FirmwareSource.FromPath("main.lua")));
/// module.Tell(ModuleActor.Subscribe.Instance, logger);
/// module.Tell(new ModemCommand.ApplyPower());
/// </code>
/// </example>
public sealed class Air780EActor : ModuleActor
{
    private Air780EActor(FirmwareSource firmware, BenchOptions options)
        : base(firmware, options)
    {
    }

    /// <param name="firmware">The script that the module runs.</param>
    /// <param name="options">Seed, network, services, speed; null: the defaults. The clock is the wall's.</param>
    public static Props Props(FirmwareSource firmware, BenchOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(firmware);
        return Producing(() => new Air780EActor(firmware, options ?? new BenchOptions()));
    }
}
