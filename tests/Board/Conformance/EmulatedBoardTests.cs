using AirHil.Board.Emulator;
using AirHil.Board.Tests.Emulator;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Runs;

namespace AirHil.Board.Tests.Conformance;

/// <summary>A board, its ports, its relay and the board modem: what every modem does, it does.</summary>
public sealed class EmulatedBoardTests : ModemConformance
{
    public EmulatedBoardTests() => Terminals.SkipWithout();

    protected override IModemTarget Target { get; } = new EmulatedBoardTarget();

    protected override FirmwareSource Firmware => EchoFirmware.WithBeatOf(Beat);

    /// <summary>Relay, enumeration and a busy host take their time.</summary>
    protected override TimeSpan BootTime => TimeSpan.FromSeconds(3);

    protected override TimeSpan Beat => TimeSpan.FromMilliseconds(250);

    protected override TimeSpan Quiet => TimeSpan.FromMilliseconds(500);

    protected override TimeSpan ReportDelay => TimeSpan.FromSeconds(1);

    protected override TimeSpan Drift => TimeSpan.FromMilliseconds(100);
}
