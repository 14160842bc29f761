using AirHil.Rig.Scenarios;
using AirHil.Rig.Targets;

namespace AirHil.Rig.Tests.Targets;

public sealed class VirtualModemTests : ModemConformance
{
    protected override IModemTarget Target => new VirtualTarget();

    protected override FirmwareSource Firmware => EchoFirmware.WithBeatOf(Beat);
}
