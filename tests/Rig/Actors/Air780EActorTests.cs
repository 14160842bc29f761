using AirHil.Rig.Actors;
using AirHil.Rig.Runs;
using Akka.Actor;

namespace AirHil.Rig.Tests.Actors;

[Trait("Clock", "wall")]
public sealed class Air780EActorTests : ModuleActorSpec
{
    protected override Props Module(FirmwareSource firmware) => Air780EActor.Props(firmware);
}
