using System.Text;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;

namespace AirHil.Rig.Tests.Runs;

/// <summary>
/// What every modem must do, whatever is behind it and on whatever clock. A modem's own test class derives from
/// this, says which target it is, and gives a firmware that logs "ready" when it has started, then "alive" with every
/// <see cref="Beat"/>, and sends back what it receives on UART 1.
/// </summary>
public abstract class ModemConformance : IAsyncDisposable
{
    private readonly Lazy<Bench> _bench;

    protected ModemConformance() => _bench = new Lazy<Bench>(() =>
    {
        var bench = new Bench(new BenchOptions { Target = Target });
        bench.Firmware(Firmware);
        return bench;
    });

    protected abstract IModemTarget Target { get; }

    protected abstract FirmwareSource Firmware { get; }

    /// <summary>How long the modem may take from power to "ready".</summary>
    protected virtual TimeSpan BootTime => TimeSpan.FromSeconds(1);

    /// <summary>The time between two "alive".</summary>
    protected virtual TimeSpan Beat => TimeSpan.FromSeconds(1);

    /// <summary>How long a silence is listened to: short where it costs real time.</summary>
    protected virtual TimeSpan Quiet => TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long after an act of the rig its effect may happen, beyond the 100 ms that every modem has.
    /// </summary>
    protected virtual TimeSpan ReportDelay => TimeSpan.Zero;

    /// <summary>How far the module's tick and the run's time may drift apart within a few beats.</summary>
    protected virtual TimeSpan Drift => TimeSpan.FromMilliseconds(20);

    private Bench Bench => _bench.Value;

    private TimeSpan AtOnce => TimeSpan.FromMilliseconds(100) + ReportDelay;

    /// <summary>What the modem itself has let the rig see.</summary>
    private IEnumerable<SessionEvent> Reports => Bench.Events.Where(e =>
        e.Lane is SessionLane.Log or SessionLane.Power or SessionLane.Uart && !IsAct(e.Kind));

    public async ValueTask DisposeAsync()
    {
        if (_bench.IsValueCreated) await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Without_power_it_is_silent()
    {
        await Bench.RunFor(Quiet);
        Bench.IsPowered().ShouldBeFalse();
        Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Power_starts_it_and_it_reports_so_first()
    {
        await Bench.ApplyPower();
        Bench.IsPowered().ShouldBeTrue();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
        // A board's serial line is heard sooner than its log, which tells of the start and when it was.
        var first = Reports.First(e => e.Lane is SessionLane.Power or SessionLane.Log);
        first.Kind.ShouldBe(EventKinds.PoweredOn);
        Reports.Where(e => e.Lane == SessionLane.Log).ShouldAllBe(e => e.At >= first.At);
        Bench.Events.OfType<LogLine>().First().Boot.ShouldNotBeNull();
    }

    [Fact]
    public async Task Log_lines_carry_rising_ticks_in_whole_milliseconds()
    {
        await Bench.ApplyPower();
        await Bench.RunFor(BootTime + 3 * Beat);
        var ticks = Bench.Events.Where(e => e.Lane == SessionLane.Log).Select(e => e.Tick!.Value).ToArray();
        ticks.Length.ShouldBeGreaterThan(3);
        ticks.ShouldBe(ticks.Order());
        ticks.ShouldAllBe(t => t.Ticks % TimeSpan.TicksPerMillisecond == 0);
    }

    [Fact]
    public async Task The_tick_keeps_the_time_of_the_run()
    {
        const int Beats = 5;
        await Bench.ApplyPower();
        var before = (await Bench.Expect(Match.LogContains("alive"), BootTime + 2 * Beat)).Event;
        var drifts = new List<TimeSpan>();
        for (var i = 0; i < Beats; i++)
        {
            var next = (await Bench.Expect(Match.LogContains("alive"), BootTime + 2 * Beat)).Event;
            drifts.Add(((next.Tick!.Value - before.Tick!.Value) - (next.At - before.At)).Duration());
            before = next;
        }

        // A drift is between all of them; where a host is late with one, it is between two.
        (drifts.Order().ElementAt(Beats / 2) * Beats).ShouldBeLessThan(Drift);
    }

    [Fact]
    public async Task Bytes_on_the_uart_reach_the_script_and_come_back()
    {
        await Running();
        var payload = new Payloads(1).Bytes(200);
        await Bench.WriteUart(1, payload);
        await Bench.Expect(Match.UartBytes(1, payload), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Bytes_before_power_go_nowhere_on_the_record()
    {
        await Bench.WriteUart(1, "lost");
        await Bench.Expect(Match.Event(EventKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.ApplyPower();
        await Bench.ExpectNot(Match.UartText(1, "lost"), BootTime + Beat);
    }

    [Fact]
    public async Task Without_supply_it_falls_silent_at_once()
    {
        await Running();
        await Bench.WriteUart(1, "half way");
        await Bench.CutPower();
        Bench.IsPowered().ShouldBeFalse();
        await Bench.Expect(Match.Event(EventKinds.PoweredOff), AtOnce);
        var silence = Match.Where("silence", s => s.Event.Lane is SessionLane.Log or SessionLane.Uart);
        await Bench.ExpectNot(silence, Quiet);
    }

    [Fact]
    public async Task After_a_reset_it_starts_again_and_so_does_its_tick()
    {
        await Running();
        await Bench.RunFor(2 * Beat);
        await Bench.PullReset();
        await Bench.Expect(Match.Started(), AtOnce);
        await Bench.Expect(Match.Moment<Moment.Booted>(), BootTime);
        var ready = await Bench.Expect(Match.LogContains("ready"), BootTime);
        ready.Event.Tick!.Value.ShouldBeLessThan(BootTime);
    }

    [Fact]
    public async Task After_a_power_cycle_it_starts_again()
    {
        await Running();
        await Bench.CutPower();
        await Bench.RunFor(Beat);
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
    }

    [Fact]
    public async Task Commands_that_mean_nothing_now_are_ignored_on_the_record()
    {
        await Bench.CutPower();
        await Bench.Expect(Match.Event(EventKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.PullReset();
        await Bench.Expect(Match.Event(EventKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.ExpectNot(Match.AnyLog(), Beat);
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
        await Bench.ApplyPower();
        await Bench.Expect(Match.Event(EventKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.ExpectNot(Match.Started(), Beat);
    }

    [Fact]
    public async Task Noise_on_the_line_does_not_stop_it()
    {
        if (Requirement.Lacking(Target, Capability.LineErrors) is { } lacking) Assert.Skip(lacking);
        await Running();
        await Bench.WriteUart(1, UartStimulus.Noise(64, new AirHil.Modem.SplitMix64(1)));
        await Bench.RunFor(TimeSpan.FromSeconds(1));
        await Bench.WriteUart(1, "still there?");
        await Bench.Expect(Match.UartBytes(1, Encoding.ASCII.GetBytes("still there?")), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_same_run_twice_is_the_same_session()
    {
        if (Requirement.Lacking(Target, Capability.Deterministic) is { } lacking) Assert.Skip(lacking);
        async Task<string> Run()
        {
            await using var bench = new Bench(new BenchOptions { Target = Target, Seed = 7 });
            bench.Firmware(Firmware);
            await bench.ApplyPower();
            await bench.RunFor(TimeSpan.FromSeconds(3));
            await bench.WriteUart(1, UartStimulus.Burst(5, "x"u8.ToArray(), TimeSpan.FromMilliseconds(20)));
            await bench.RunFor(TimeSpan.FromSeconds(3));
            return bench.Session.Hash;
        }

        var hash = await Run();
        hash.ShouldBe(await Run());
    }

    private static bool IsAct(string kind) =>
        kind is EventKinds.ApplyPower or EventKinds.CutPower or EventKinds.PullReset
        || kind == EventKinds.UartIn(1);

    private async Task Running()
    {
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
    }
}
