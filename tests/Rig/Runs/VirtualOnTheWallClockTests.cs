using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Rig.Tests.Runs;

/// <summary>The virtual module beside real things: the same model, held back to the wall's pace.</summary>
[Trait("Clock", "wall")]
public sealed class VirtualOnTheWallClockTests : ModemConformance
{
    protected override IModemTarget Target => new VirtualTarget { Clock = RigClock.Wall };

    protected override FirmwareSource Firmware => EchoFirmware.WithBeatOf(Beat);

    protected override TimeSpan Beat => TimeSpan.FromMilliseconds(250);

    protected override TimeSpan Quiet => TimeSpan.FromMilliseconds(500);

    protected override TimeSpan ReportDelay => TimeSpan.FromMilliseconds(500);
}
