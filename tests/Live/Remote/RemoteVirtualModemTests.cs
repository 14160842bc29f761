using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Runs;

namespace AirHil.Live.Tests.Remote;

/// <summary>A virtual module behind a remote bench does what every modem must do.</summary>
public sealed class RemoteVirtualModemTests(ServedBench.OfVirtual bench)
    : ModemConformance, IClassFixture<ServedBench.OfVirtual>
{
    protected override IModemTarget Target => bench.Target;

    protected override FirmwareSource Firmware => EchoFirmware.WithBeatOf(Beat);

    /// <summary>At four times the clock, so that a busy host's delay counts fourfold.</summary>
    protected override TimeSpan BootTime => TimeSpan.FromSeconds(4);

    protected override TimeSpan ReportDelay => TimeSpan.FromSeconds(1);

    protected override TimeSpan Drift => TimeSpan.FromMilliseconds(100);
}
