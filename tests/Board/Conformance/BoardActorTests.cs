using AirHil.Board.Emulator;
using AirHil.Board.Tests.Emulator;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Actors;
using Akka.Actor;

namespace AirHil.Board.Tests.Conformance;

/// <summary>A board with its ports and its relay, as an actor.</summary>
[Trait("Clock", "wall")]
public sealed class BoardActorTests : ModuleActorSpec
{
    public BoardActorTests() => Terminals.SkipWithout();

    protected override Props Module(FirmwareSource firmware) => BoardActor.Props(new EmulatedBoardTarget(), firmware);
}
