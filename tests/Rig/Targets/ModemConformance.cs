using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Rig.Targets;

namespace AirHil.Rig.Tests.Targets;

/// <summary>
/// What every modem must do, whatever stands behind it. A modem's own test class derives from this, says which target
/// it is, and gives a firmware that logs "ready" when it has started, then "alive" about once a second, and sends back
/// what it receives on UART 1.
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

    private Bench Bench => _bench.Value;

    public async ValueTask DisposeAsync()
    {
        if (_bench.IsValueCreated) await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Without_power_it_is_silent()
    {
        await Bench.RunFor(TimeSpan.FromSeconds(5));
        Bench.IsPowered().ShouldBeFalse();
        Bench.Events.Where(e => e.Lane is SessionLane.Log or SessionLane.Uart or SessionLane.Power).ShouldBeEmpty();
    }

    [Fact]
    public async Task Power_starts_it_and_it_reports_so_first()
    {
        await Bench.ApplyPower();
        Bench.IsPowered().ShouldBeTrue();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
        Bench.Events.Select(e => e.Kind).First(k => k != SessionKinds.ApplyPower).ShouldBe(SessionKinds.PoweredOn);
        Bench.Moments[0].Start.ShouldNotBeNull();
    }

    [Fact]
    public async Task Log_lines_carry_rising_ticks_in_whole_milliseconds()
    {
        await Bench.ApplyPower();
        await Bench.RunFor(BootTime + TimeSpan.FromSeconds(3));
        var ticks = Bench.Events.Where(e => e.Lane == SessionLane.Log).Select(e => e.Tick!.Value).ToArray();
        ticks.Length.ShouldBeGreaterThan(3);
        ticks.ShouldBe(ticks.Order());
        ticks.ShouldAllBe(t => t.Ticks % TimeSpan.TicksPerMillisecond == 0);
    }

    [Fact]
    public async Task The_tick_keeps_the_time_of_the_run()
    {
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("alive"), BootTime + TimeSpan.FromSeconds(2));
        var first = Bench.Events[^1];
        await Bench.RunFor(TimeSpan.FromSeconds(5));
        var last = Bench.Last(Match.LogContains("alive"))!.Value.Event;
        ((last.Tick!.Value - first.Tick!.Value) - (last.At - first.At)).Duration()
            .ShouldBeLessThan(TimeSpan.FromMilliseconds(20));
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
        await Bench.Expect(Match.Event(SessionKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.ApplyPower();
        await Bench.ExpectNot(Match.UartText(1, "lost"), BootTime + TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Without_supply_it_falls_silent_at_once()
    {
        await Running();
        await Bench.WriteUart(1, "half way");
        await Bench.CutPower();
        Bench.IsPowered().ShouldBeFalse();
        await Bench.Expect(Match.Event(SessionKinds.PoweredOff), TimeSpan.FromMilliseconds(100));
        var silence = Match.Where("silence", s => s.Event.Lane is SessionLane.Log or SessionLane.Uart);
        await Bench.ExpectNot(silence, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task After_a_reset_it_starts_again_and_so_does_its_tick()
    {
        await Running();
        await Bench.RunFor(TimeSpan.FromSeconds(2));
        await Bench.PullReset();
        await Bench.Expect(Match.Started(), TimeSpan.FromMilliseconds(100));
        await Bench.Expect(Match.Moment<Moment.Booted>(), BootTime);
        var ready = await Bench.Expect(Match.LogContains("ready"), BootTime);
        ready.Event.Tick!.Value.ShouldBeLessThan(BootTime);
    }

    [Fact]
    public async Task After_a_power_cycle_it_starts_again()
    {
        await Running();
        await Bench.CutPower();
        await Bench.RunFor(TimeSpan.FromSeconds(1));
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
    }

    [Fact]
    public async Task Commands_that_mean_nothing_now_are_ignored_on_the_record()
    {
        await Bench.CutPower();
        await Bench.Expect(Match.Event(SessionKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.PullReset();
        await Bench.Expect(Match.Event(SessionKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.ExpectNot(Match.AnyLog(), TimeSpan.FromSeconds(1));
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
        await Bench.ApplyPower();
        await Bench.Expect(Match.Event(SessionKinds.CommandIgnored), TimeSpan.Zero);
        await Bench.ExpectNot(Match.Started(), TimeSpan.FromSeconds(2));
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

    private async Task Running()
    {
        await Bench.ApplyPower();
        await Bench.Expect(Match.LogContains("ready"), BootTime);
    }
}
