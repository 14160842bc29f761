using AirHil.Board.Deploy;
using AirHil.Board.Description;
using AirHil.Board.Identity;
using AirHil.Board.Lease;
using AirHil.Board.Modem;
using AirHil.Board.Tests.Modem;
using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Time;

namespace AirHil.Board.Tests;

public sealed class BoardTargetTests : IDisposable
{
    private static readonly FirmwareSource Script = FirmwareSource.FromFiles(
        new Dictionary<string, string> { ["main.lua"] = "require('airhil').start{}", ["airhil.lua"] = "return {}" },
        "script");

    private static readonly FirmwareSource Plain = FirmwareSource.FromText("print(1)", "plain");

    private readonly ScriptedBoard _board = new();
    private readonly DirectoryInfo _leases = Directory.CreateTempSubdirectory("airhil-lease-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _board.Dispose();
        _leases.Delete(true);
    }

    [Fact]
    public void It_lives_on_the_wall_clock_and_can_what_its_bench_file_lists()
    {
        var bare = new BoardTarget(_board.Description);
        bare.Name.ShouldBe("board:scripted");
        ((IModemTarget)bare).Clock.ShouldBe(RigClock.Wall);
        bare.Capabilities.ShouldBe([Capability.LinkTimes]);
        bare.Uarts.ShouldBe(_board.Description.Uarts.Keys);
        bare.Pins.ShouldBeEmpty();
        var wired = new BoardTarget(_board.Description with
        {
            Pins = new Dictionary<int, PinLine> { [27] = new PinLine.Gpiod("0", 4, PinDirection.Module) },
        });
        wired.Capabilities.ShouldBe([Capability.LinkTimes, Capability.Pins]);
        wired.Pins.ShouldBe([new PinWire(27, true, false, false)]);
        var full = new BoardTarget(_board.Description with { Radio = new RadioDescription(1) }, _board)
        {
            Network = o => new SimulatedNetwork(o.Seed, o.NetworkProfile),
        };
        full.Capabilities.ShouldBe(
            [Capability.LinkTimes, Capability.Power, Capability.Radio, Capability.Network, Capability.Service]);
        full.CreateNetwork(new BenchOptions()).ShouldNotBeNull();
        bare.CreateNetwork(new BenchOptions()).ShouldBeNull();
    }

    [Fact]
    public async Task A_script_that_is_on_the_board_is_not_put_there()
    {
        _board.Script = ScriptHash.Of(Script);
        await using var target = Target();
        (await target.PrepareAsync(Script, Cancel)).ShouldBeNull();
        (await target.PrepareAsync(Script, Cancel)).ShouldBeNull();
        _board.Starts.ShouldBe(1);
    }

    [Fact]
    public async Task Another_script_is_put_there_once_and_confirmed_by_the_log()
    {
        _board.Script = "000000000000";
        var deployed = 0;
        await using var target = Target(firmware =>
        {
            deployed++;
            _board.Script = ScriptHash.Of(firmware);
        });
        (await target.PrepareAsync(Script, Cancel)).ShouldBeNull();
        (await target.PrepareAsync(Script, Cancel)).ShouldBeNull();
        deployed.ShouldBe(1);
    }

    [Fact]
    public async Task A_deployment_that_changed_nothing_is_found_out()
    {
        _board.Script = "000000000000";
        await using var target = Target(_ => { });
        (await target.PrepareAsync(Script, Cancel)).ShouldBe(
            "after deploying, the board 'scripted' runs the script 000000000000, not 'script' "
                + $"({ScriptHash.Of(Script)})");
    }

    [Fact]
    public async Task A_deployment_that_fails_is_the_reason()
    {
        await using var target = Target(_ => throw new DeployException("the flasher said no"));
        (await target.PrepareAsync(Script, Cancel)).ShouldBe("the flasher said no");
    }

    [Fact]
    public async Task Without_a_way_to_put_it_there_another_script_is_the_reason()
    {
        _board.Script = "000000000000";
        await using var target = Target();
        var reason = (await target.PrepareAsync(Script, Cancel)).ShouldNotBeNull();
        reason.ShouldStartWith("the board 'scripted' runs the script 000000000000, not 'script'");
        reason.ShouldContain("it cannot be put there: the bench file names no way");
    }

    [Fact]
    public async Task A_script_without_the_agent_cannot_be_told_from_another()
    {
        await using var target = Target();
        (await target.PrepareAsync(Plain, Cancel)).ShouldNotBeNull().ShouldStartWith(
            "nobody can tell whether the board 'scripted' runs 'plain': the script has no airhil.lua");
    }

    [Fact]
    public async Task A_script_without_the_agent_is_put_there_each_time_it_changes()
    {
        var deployed = 0;
        await using var target = Target(_ => deployed++);
        (await target.PrepareAsync(Plain, Cancel)).ShouldBeNull();
        (await target.PrepareAsync(Plain, Cancel)).ShouldBeNull();
        (await target.PrepareAsync(FirmwareSource.FromText("print(2)"), Cancel)).ShouldBeNull();
        deployed.ShouldBe(2);
    }

    [Fact]
    public async Task Another_firmware_is_the_reason()
    {
        _board.Banner = "I/main LuatOS@EC718P base 23.11 bsp V2007 32bit";
        await using var target = Target(_ => { });
        (await target.PrepareAsync(Script, Cancel)).ShouldNotBeNull().ShouldContain("where 'EC618' is expected");
    }

    [Fact]
    public async Task A_silent_board_is_the_reason_with_what_is_known_of_it()
    {
        _board.Banner = null;
        await using var target = Target(_ => { }, TimeSpan.FromSeconds(3));
        (await target.PrepareAsync(Script, Cancel)).ShouldNotBeNull().ShouldStartWith(
            "nobody knows what runs on the board 'scripted': no log line came: the log port has been open for 1 s");
    }

    [Fact]
    public async Task A_board_that_somebody_holds_is_the_reason()
    {
        using var other = await BoardLease.AcquireAsync(_board.Description, TimeSpan.Zero, Cancel, _leases.FullName);
        await using var target = Target(_ => { });
        (await target.PrepareAsync(Script, Cancel)).ShouldNotBeNull().ShouldContain("is held by");
    }

    [Fact]
    public async Task Disposed_of_it_gives_the_board_back()
    {
        var target = Target(_ => { });
        await target.PrepareAsync(Plain, Cancel);
        BoardLease.HolderOf(_board.Description, _leases.FullName).ShouldNotBeNull();
        await target.DisposeAsync();
        BoardLease.HolderOf(_board.Description, _leases.FullName).ShouldBeNull();
    }

    [Fact]
    public async Task One_board_cannot_be_two_modems_at_once()
    {
        await using var target = Target();
        await using var first = (BoardModem)target.Create(Plain, new BenchOptions(), "1");
        Should.Throw<InvalidOperationException>(() => target.Create(Plain, new BenchOptions(), "2"));
        await first.DisposeAsync();
        await using var second = (BoardModem)target.Create(Plain, new BenchOptions(), "1");
    }

    [Fact]
    public async Task A_scenario_runs_on_it()
    {
        var patience = TimeSpan.FromSeconds(20);
        await using var target = Target(latency: patience);
        await using var bench = new Bench(new BenchOptions { Target = target });
        bench.Firmware(Plain);
        await bench.ApplyPower();
        await bench.Expect(Match.LogContains("ready"), patience);
        bench.Events.Select(e => e.Kind).First(k => k is EventKinds.PoweredOn or EventKinds.Log)
            .ShouldBe(EventKinds.PoweredOn);
        await bench.WriteUart(1, "hello");
        await bench.Expect(Match.UartText(1, "hello"), patience);
        await bench.PullReset();
        await bench.Expect(Match.Started(), TimeSpan.FromMilliseconds(100));
        await bench.Expect(Match.LogContains("ready"), patience);
        await bench.CutPower();
        await bench.Expect(Match.Event(EventKinds.PoweredOff), TimeSpan.FromMilliseconds(100));
    }

    private BoardTarget Target(
        Action<FirmwareSource>? deploy = null, TimeSpan? bannerLimit = null, TimeSpan? latency = null) =>
        new(_board.Description, _board)
        {
            Latency = latency ?? TimeSpan.FromSeconds(1),
            Timings = new BoardTimings
            {
                OffTime = TimeSpan.FromMilliseconds(100),
                SilenceLimit = TimeSpan.FromSeconds(1),
            },
            ScriptLimit = TimeSpan.FromSeconds(1),
            BannerLimit = bannerLimit ?? TimeSpan.FromSeconds(20),
            LeaseFolder = _leases.FullName,
            Deploy = deploy is null ? null : (firmware, _) =>
            {
                deploy(firmware);
                return Task.CompletedTask;
            },
        };
}
