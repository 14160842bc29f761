using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

public sealed class VirtualModemTests : ModemConformance
{
    protected override IModemTarget Target => new VirtualTarget();

    protected override FirmwareSource Firmware => EchoFirmware.WithBeatOf(Beat);
}
