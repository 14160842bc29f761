using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Replay;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Tests.Sessions;
using AirHil.Rig.Time;

namespace AirHil.Rig.Tests.Replay;

[Trait("Clock", "wall")]
public sealed class StimulusReplayTests
{
    [Fact]
    public async Task What_a_target_lacks_is_told_once_for_each_capability_with_the_first_act_that_needs_it()
    {
        using var file = new TempFile();
        await using (var bench = RecordedRuns.Bench("uart-passthrough-a"))
        {
            using var recorder = SessionRecorder.Start(bench, file.Path);
            await bench.ApplyPower();
            await bench.Begin(new DropCoverage());
            await bench.Begin(new FailDns { Limits = new(Host: "a.example") });
            await bench.Begin(new FailDns { Limits = new(Host: "b.example") });
            await bench.Begin(new FallSilent());
            await bench.WriteUart(1, new byte[1], true);
            recorder.Finish();
        }

        using var all = SessionReader.Open(file.Path);
        StimulusReplay.Lacking(all, new VirtualTarget()).ShouldBeEmpty();
        using var reader = SessionReader.Open(file.Path);
        var lacking = StimulusReplay.Lacking(reader, new BareTarget());
        lacking.Count.ShouldBe(4);
        lacking[0].ShouldContain("drop coverage: the target 'bare' has no capability 'radio'");
        lacking[1].ShouldContain("fail dns of a.example: the target 'bare' has no capability 'dns'");
        lacking[2].ShouldContain("capability 'service'");
        lacking[3].ShouldContain("capability 'line-errors'");
    }

    [Fact]
    public async Task What_preparing_a_target_takes_of_the_wall_clock_delays_all_that_follows()
    {
        using var file = new TempFile();
        await RecordedRuns.Record(file.Path);
        using var reader = SessionReader.Open(file.Path);
        await using var bench = new Bench(reader.Header.ToOptions() with
        {
            Target = new VirtualTarget { Clock = RigClock.Wall, Speed = 50 },
            Clock = RigClock.Wall,
        });
        var marks = new List<TimeSpan>();
        bench.Watch(sighting =>
        {
            if (sighting.Event.Kind is EventKinds.ApplyPower or "uart1.rx") marks.Add(sighting.At);
        });
        var late = TimeSpan.FromSeconds(100);
        await StimulusReplay.Drive(bench, reader, prepare: async _ => await bench.RunFor(late));

        using var recorded = SessionReader.Open(file.Path);
        var times = recorded.ReadEvents().Where(e => e.Kind is EventKinds.ApplyPower or "uart1.rx").ToList();
        marks.Count.ShouldBe(times.Count);
        foreach (var (mark, time) in marks.Zip(times)) mark.ShouldBeGreaterThanOrEqualTo(time.At + late);
    }

    private sealed class BareTarget : IModemTarget
    {
        public string Name => "bare";

        public IReadOnlyCollection<string> Capabilities => [];

        public ISansIoMachine<ModemInput, ModemOutput> Create(
            FirmwareSource firmware, BenchOptions options, string modem) =>
            throw new NotSupportedException("nothing is put on this bench");
    }
}
