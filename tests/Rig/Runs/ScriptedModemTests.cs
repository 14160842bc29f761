using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

/// <summary>The table-driven modem of these tests is a modem too.</summary>
public sealed class ScriptedModemTests : ModemConformance
{
    protected override IModemTarget Target => new ScriptedTarget();

    protected override FirmwareSource Firmware => FirmwareSource.FromText(
        "9 am_service_init\n250 I/user.ready\n" +
            string.Join('\n', Enumerable.Range(1, 20).Select(n => $"{n * 1000} I/user.alive")));
}
