using AirHil.Modem;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Time;

namespace AirHil.Rig.Tests.Time;

/// <summary>A bench with a modem whose reports come from another thread.</summary>
internal sealed class OutsideTarget : IModemTarget
{
    public OutsideModem Modem { get; } = new();

    public string Name => "outside";

    public IReadOnlyCollection<string> Capabilities => [];

    public RigClock Clock => RigClock.Wall;

    public TimeSpan Latency { get; init; }

    public ISansIoMachine<ModemInput, ModemOutput> Create(
        FirmwareSource firmware, BenchOptions options, string modem) => Modem;

    /// <summary>A bench on which it stands, attached.</summary>
    public async Task<Bench> Bench()
    {
        var bench = new Bench(new BenchOptions { Target = this });
        bench.Firmware(FirmwareSource.FromText(""));
        await bench.RunFor(TimeSpan.Zero);
        return bench;
    }
}
