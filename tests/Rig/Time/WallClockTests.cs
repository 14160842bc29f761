using System.Collections.Concurrent;
using AirHil.Modem;
using AirHil.Modem.Messages;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Rig.Tests.Time;

/// <summary>A world at the wall clock's pace, with a modem whose reports come from another thread.</summary>
[Trait("Clock", "wall")]
public sealed class WallClockTests
{
    [Fact]
    public async Task What_comes_from_another_thread_reaches_the_session_in_order()
    {
        var target = new OutsideTarget();
        await using var bench = Bench(target);
        var sender = new Thread(() =>
        {
            for (var i = 0; i < 500; i++) target.Modem.Say($"line {i}");
        });
        sender.Start();
        await bench.Expect(Match.LogExactly("line 499"), TimeSpan.FromSeconds(20));
        sender.Join();
        bench.Events.Select(e => e.Text).ShouldBe(Enumerable.Range(0, 500).Select(i => $"line {i}"));
    }

    [Fact]
    public async Task An_event_has_the_time_at_which_it_happened_and_is_judged_by_it()
    {
        var target = new OutsideTarget { Latency = TimeSpan.FromSeconds(5) };
        await using var bench = Bench(target);
        await bench.RunFor(TimeSpan.FromMilliseconds(300));
        target.Modem.Say("early", TimeSpan.FromMilliseconds(100));
        (await bench.Expect(Match.LogExactly("early"), TimeSpan.Zero)).At.ShouldBe(TimeSpan.FromMilliseconds(100));

        target.Modem.Say("late", TimeSpan.FromSeconds(100));
        var refused = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogExactly("late"), TimeSpan.FromSeconds(1)));
        refused.Message.ShouldContain("it came too late, at 100 s");
    }

    [Fact]
    public async Task A_faster_clock_waits_less()
    {
        await using var bench = new Bench(new BenchOptions { Clock = RigClock.Wall, Speed = 1000 });
        await bench.RunFor(TimeSpan.FromSeconds(60));
        bench.Now.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_ring_after_the_end_does_nothing()
    {
        var target = new OutsideTarget();
        var bench = Bench(target);
        await bench.RunFor(TimeSpan.Zero);
        await bench.DisposeAsync();
        target.Modem.Say("nobody hears it");
        target.Modem.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_live_modem_cannot_stand_in_virtual_time()
    {
        await using var bench = new Bench(new BenchOptions { Target = new OutsideTarget(), Clock = RigClock.Virtual });
        Should.Throw<InvalidOperationException>(() => bench.Firmware(FirmwareSource.FromText("")))
            .Message.ShouldContain("does not wait for virtual time");
    }

    private static Bench Bench(OutsideTarget target)
    {
        var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(FirmwareSource.FromText(""));
        return bench;
    }

    private sealed class OutsideTarget : IModemTarget
    {
        public OutsideModem Modem { get; } = new();

        public string Name => "outside";

        public IReadOnlyCollection<string> Capabilities => [];

        public RigClock Clock => RigClock.Wall;

        public TimeSpan Latency { get; init; }

        public ISansIoMachine<ModemInput, ModemOutput> Create(
            FirmwareSource firmware, BenchOptions options, string modem) => Modem;

        public ISansIoMachine<NetworkInput, NetworkOutput>? CreateNetwork(BenchOptions options) => null;
    }

    private sealed class OutsideModem : ISansIoMachine<ModemInput, ModemOutput>, ILiveMachine
    {
        private readonly ConcurrentQueue<ModemOutput> _outputs = new();
        private volatile ILiveRun? _run;

        public bool IsDisposed { get; private set; }

        public TimeSpan? NextTimeout => null;

        public void Attach(ILiveRun run) => _run = run;

        public void Say(string text, TimeSpan? at = null)
        {
            _outputs.Enqueue(new ModemReport.LogLine(TimeSpan.Zero, System.Text.Encoding.UTF8.GetBytes(text))
            {
                HappenedAt = at,
            });
            _run?.Ring();
        }

        public void Handle(ModemInput input, TimeSpan now)
        {
        }

        public void HandleTimeout(TimeSpan now)
        {
        }

        public bool TryTake(out ModemOutput output) => _outputs.TryDequeue(out output!);

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }
}
