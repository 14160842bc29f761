using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Runs;

namespace AirHil.Live.Tests.Remote;

/// <summary>A board behind a remote bench does what every modem must do.</summary>
public sealed class RemoteEmulatedBoardTests(ServedBench.OfEmulatedBoard bench)
    : ModemConformance, IClassFixture<ServedBench.OfEmulatedBoard>
{
    protected override IModemTarget Target => bench.Target;

    protected override FirmwareSource Firmware => EchoFirmware.WithBeatOf(Beat);

    /// <summary>Relay, enumeration and a busy host take their time.</summary>
    protected override TimeSpan BootTime => TimeSpan.FromSeconds(3);

    protected override TimeSpan Beat => TimeSpan.FromMilliseconds(250);

    protected override TimeSpan Quiet => TimeSpan.FromMilliseconds(500);

    protected override TimeSpan ReportDelay => TimeSpan.FromSeconds(1);

    protected override TimeSpan Drift => TimeSpan.FromMilliseconds(100);
}
