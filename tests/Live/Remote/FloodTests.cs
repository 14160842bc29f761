using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Time;

namespace AirHil.Live.Tests.Remote;

/// <summary>A modem on the wall clock that says more than a run can take.</summary>
public sealed class FloodTests
{
    [Fact]
    public async Task A_run_goes_on_and_sees_what_it_waits_for()
    {
        await using var bench = new Bench(new BenchOptions { Target = new Endless(), KeptEvents = 1_000 });
        bench.Firmware(FirmwareSource.FromText("-- says much"));
        await bench.ApplyPower();
        (await bench.RunUntil(() => bench.Session.Total > 20_000, TimeSpan.FromMinutes(1))).ShouldBeTrue();
    }

    private sealed class Endless : IModemTarget
    {
        public string Name => "endless";

        public IReadOnlyCollection<string> Capabilities { get; } = [Capability.Power];

        public RigClock Clock => RigClock.Wall;

        public TimeSpan Latency => TimeSpan.FromMilliseconds(1);

        public ISansIoMachine<ModemInput, ModemOutput> Create(
            FirmwareSource firmware, BenchOptions options, string modem) => new Machine();
    }

    /// <summary>There is always one more line.</summary>
    private sealed class Machine : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
    {
        private bool _isOn;
        private int _said;

        public TimeSpan? NextTimeout => null;

        public void Attach(ILiveRun run)
        {
        }

        public void Handle(ModemInput input, TimeSpan now) => _isOn |= input is ModemCommand.ApplyPower;

        public void HandleTimeout(TimeSpan now)
        {
        }

        public bool TryTake(out ModemOutput output)
        {
            output = ++_said == 5_000 ? new ModemReport.PoweredOn() : new ModemReport.LogLine(TimeSpan.Zero, default);
            return _isOn;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
