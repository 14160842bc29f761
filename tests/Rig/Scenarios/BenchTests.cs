using AirHil.Modem.Acts;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Tests.Runs;
using AirHil.Rig.Time;
using AirHil.Rig.World;

namespace AirHil.Rig.Tests.Scenarios;

[Trait("Clock", "wall")]
public sealed class BenchTests
{
    private const string Lines =
        """
        9 am_service_init
        250 I/user.a	1
        1000 I/user.b
        1000 I/user.c
        3000 I/user.a	2
        6000 D/mobile NETIF_LINK_ON -> IP_READY
        """;

    [Fact]
    public async Task An_expectation_stops_the_clock_at_the_event()
    {
        await using var bench = await Powered();
        var seen = await bench.Expect(Match.LogContains("user.b"), S(5));
        seen.At.ShouldBe(S(1));
        bench.Now.ShouldBe(S(1));
    }

    [Fact]
    public async Task One_event_fulfils_one_expectation()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("user.a"), S(5));
        (await bench.Expect(Match.LogContains("user.a"), S(5))).At.ShouldBe(S(3));
        await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogContains("user.a"), S(5)));
    }

    [Fact]
    public async Task Events_of_one_time_are_taken_in_their_order()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("user.b"), S(5));
        (await bench.Expect(Match.LogContains("user.c"), TimeSpan.Zero)).At.ShouldBe(S(1));
        await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogContains("user.b"), S(1)));
    }

    [Fact]
    public async Task It_is_told_that_an_event_came_before_what_the_last_step_found()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("user.c"), S(5));
        (await Hint("user.b")).ShouldBe(
            "it came at 1 s, before what the last step found; a step looks only behind that");
        (await Hint("user.c")).ShouldBeNull();
        (await Hint("user.x")).ShouldBeNull();
        await bench.PullReset();
        (await Hint("user.b")).ShouldBe("the module was reset at 1 s (reset line)");

        async Task<string?> Hint(string text) => (await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogContains(text), TimeSpan.Zero))).Hint;
    }

    [Fact]
    public async Task What_happened_while_time_passed_can_still_be_expected()
    {
        await using var bench = await Powered();
        await bench.RunFor(S(10));
        (await bench.Expect(Match.LogContains("user.b"), TimeSpan.Zero)).At.ShouldBe(S(1));
        bench.Reference.ShouldBe(S(1));
    }

    [Fact]
    public async Task An_act_puts_the_past_behind()
    {
        await using var bench = await Powered();
        await bench.RunFor(S(2));
        await bench.WriteUart(1, "x");
        bench.Reference.ShouldBe(S(2));
        (await bench.Expect(Match.LogContains("user.a"), S(5))).At.ShouldBe(S(3));
    }

    [Fact]
    public async Task The_time_is_judged_from_the_last_thing_seen()
    {
        await using var bench = await Powered();
        await bench.ExpectAfter(Match.LogContains("user.b"), S(1), Tolerance.None);
        await bench.ExpectAfter(Match.LogContains("user.a"), TimeSpan.FromMilliseconds(1900),
            Tolerance.Parse("± 10 %"));
        await bench.ExpectAfter(Match.Moment<Moment.IpReady>(), S(3), Tolerance.Parse("1 ms"));
    }

    [Theory]
    [InlineData("500 ms", "too late, after 1 s")]
    [InlineData("3 s", "too early, after 1 s")]
    public async Task An_event_at_the_wrong_time_fails_and_tells_its_own(string expected, string told)
    {
        await using var bench = await Powered();
        var failure = await Should.ThrowAsync<ExpectationException>(
            async () =>
                await bench.ExpectAfter(Match.LogContains("user.b"), DurationText.Parse(expected),
                    Tolerance.Parse("5 %")));
        failure.Message.ShouldContain(told);
        failure.Message.ShouldContain("> 0001.000000 log [1.000] I/user.b");
    }

    [Fact]
    public async Task A_failure_says_what_was_awaited_until_when_and_what_came_instead()
    {
        await using var bench = await Powered();
        var failure = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogContains("no\tsuch"), S(2)));
        failure.Message.ShouldStartWith("expected the log to show 'no\\tsuch' within 2 s; it had not come by 2 s\n");
        failure.Message.ShouldContain("0000.250000 log [0.250] I/user.a\\t1");
        failure.At.ShouldBe(S(2));
        failure.Around.Count.ShouldBeLessThanOrEqualTo(10);
        bench.Now.ShouldBe(S(2));
    }

    [Theory]
    [InlineData("500 E/main Lua VM exit!! reboot in 15000ms", "sys.run()")]
    [InlineData("500 E/user.coroutine.resume\tmain.lua:1: boom", "main.lua:1: boom")]
    public async Task A_failure_hints_at_the_cause(string lines, string hint)
    {
        await using var bench = await Powered(lines);
        var failure = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.LogContains("never"), S(2)));
        failure.Hint!.ShouldContain(hint);
        failure.Message.ShouldContain("likely cause: " + failure.Hint);
    }

    [Fact]
    public async Task Without_power_the_hint_says_so()
    {
        await using var bench = ScriptedTarget.Bench(Lines);
        var failure = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.Expect(Match.AnyLog(), S(2)));
        failure.Hint!.ShouldContain("When power is applied");
    }

    [Fact]
    public async Task What_must_not_happen_is_watched_for_its_time_only()
    {
        await using var bench = await Powered();
        await bench.Expect(Match.LogContains("user.b"), S(5));
        await bench.ExpectNot(Match.LogContains("user.a"), TimeSpan.FromMilliseconds(1999));
        bench.Now.ShouldBe(TimeSpan.FromMilliseconds(2999));
        var failure = await Should.ThrowAsync<ExpectationException>(
            async () => await bench.ExpectNot(Match.LogContains("user.a"), S(1)));
        failure.Message.ShouldContain("it happened at 3 s");
    }

    [Fact]
    public async Task What_must_not_happen_is_not_looked_for_in_the_past()
    {
        await using var bench = await Powered();
        await bench.RunFor(S(2));
        await bench.ExpectNot(Match.LogContains("user.b"), S(1));
    }

    [Fact]
    public async Task Events_are_counted_since_a_mark_a_time_or_the_cursor()
    {
        await using var bench = await Powered();
        await bench.RunFor(S(2));
        await bench.Mark("two seconds");
        await bench.RunFor(S(8));
        var user = Match.LogContains("I/user.");
        bench.Count(user).ShouldBe(4);
        bench.Count(user, "two seconds").ShouldBe(1);
        bench.Count(user, TimeSpan.FromMilliseconds(500)).ShouldBe(3);
        Should.Throw<KeyNotFoundException>(() => bench.Count(user, "none")).Message.ShouldContain("two seconds");
        bench.Last(user)!.Value.At.ShouldBe(S(3));
    }

    [Fact]
    public async Task Bytes_of_a_uart_are_one_stream()
    {
        await using var bench = await Powered();
        await bench.WriteUart(1, UartStimulus.Split("hello, hello"u8.ToArray(), 3, TimeSpan.FromMilliseconds(50)));
        await bench.Expect(Match.UartText(1, "hello"), S(1));
        await bench.Expect(Match.UartText(1, "hello"), S(1));
        await Should.ThrowAsync<ExpectationException>(async () => await bench.Expect(Match.UartText(1, "h"), S(1)));
    }

    [Fact]
    public async Task Packets_keep_their_pauses_from_end_to_begin()
    {
        await using var bench = await Powered();
        await bench.WriteUart(1, UartStimulus.Burst(3, new byte[115], TimeSpan.FromMilliseconds(40)));
        await bench.RunFor(S(1));
        var arrived = bench.Events.Where(e => e.Kind == EventKinds.UartIn(1)).Select(e => e.At).ToArray();
        // 115 bytes of ten bits at 115,200 baud take 9.98 ms.
        var period = TimeSpan.FromTicks(115 * 10 * TimeSpan.TicksPerSecond / 115_200) + TimeSpan.FromMilliseconds(40);
        arrived.ShouldBe([TimeSpan.Zero, period, period * 2]);
    }

    [Fact]
    public async Task Packets_behind_one_that_a_busy_host_sent_late_keep_their_pauses()
    {
        await using var bench = new Bench(new BenchOptions { Target = new VirtualTarget { Clock = RigClock.Wall } });
        bench.Firmware(FirmwareSource.FromText(""));
        await bench.ApplyPower();
        var pause = TimeSpan.FromMilliseconds(20);
        await bench.WriteUart(1, UartStimulus.Burst(10, new byte[20], pause));
        foreach (var at in (int[])[30, 50, 75])
        {
            bench.Schedule(new ScheduledAct(bench.Now + TimeSpan.FromMilliseconds(at), new SetMark("busy")));
        }

        bench.Watch(sighting =>
        {
            if (sighting.Event is Marked) Thread.Sleep(35);
        });

        await bench.RunUntil(() => Arrived().Length == 10, S(30));
        foreach (var (one, next) in Arrived().Zip(Arrived()[1..])) (next - one).ShouldBeGreaterThan(pause);

        TimeSpan[] Arrived() =>
            [.. bench.Events.Where(e => e.Kind == EventKinds.UartIn(1)).Select(e => e.At)];
    }

    [Fact]
    public async Task Scheduled_acts_happen_at_their_time_and_move_no_cursor()
    {
        await using var bench = await Powered();
        bench.Schedule(ScheduledAct.Parse("2s uart 'later'"));
        bench.Schedule(ScheduledAct.Parse("2s drop coverage for 1s"));
        await bench.RunFor(S(5));
        await bench.Expect(Match.LogContains("user.b"), TimeSpan.Zero);
        (await bench.Expect(Match.UartText(1, "later"), TimeSpan.Zero)).At
            .ShouldBe(S(2) + TimeSpan.FromMilliseconds(2));
        bench.Events.Where(e => e.Lane == SessionLane.Rig).Select(e => $"{e.At.TotalSeconds} {e.Kind} {e.Text}")
            .ShouldBe(["2 fault.begin drop coverage", "3 fault.end drop coverage"]);
        Should.Throw<ArgumentOutOfRangeException>(() => bench.Schedule(new ScheduledAct(S(2), new SwitchOff())));
    }

    [Fact]
    public async Task A_fault_schedule_is_performed()
    {
        await using var bench = await Powered();
        bench.Schedule(FaultSchedule.Parse("1s black hole for 2s\n2s drop connection"));
        await bench.RunFor(S(5));
        bench.Events.Where(e => e.Lane == SessionLane.Rig).Select(e => $"{e.At.TotalSeconds} {e.Kind} {e.Text}")
            .ShouldBe(["1 fault.begin black hole", "2 fault.begin drop connection", "3 fault.end black hole"]);
    }

    [Fact]
    public async Task A_run_ends_where_its_condition_holds()
    {
        await using var bench = await Powered();
        (await bench.RunUntil(() => bench.Events.Count >= 4, S(10))).ShouldBeTrue();
        bench.Now.ShouldBe(TimeSpan.FromMilliseconds(250));
        (await bench.RunUntil(() => false, S(1))).ShouldBeFalse();
        bench.Now.ShouldBe(TimeSpan.FromMilliseconds(1250));
    }

    [Fact]
    public async Task Several_modems_share_the_bench()
    {
        await using var bench = ScriptedTarget.Bench(Lines);
        bench.Firmware(FirmwareSource.FromText("100 I/user.second"), "2");
        bench.Modems.ShouldBe(["1", "2"]);
        await bench.ApplyPower("2");
        (await bench.Expect(Match.AnyLog(), S(1))).Event.Modem.ShouldBe("2");
        bench.IsPowered().ShouldBeFalse();
        await bench.ExpectNot(Match.AnyLog("1"), S(1));
        await Should.ThrowAsync<InvalidOperationException>(async () => await bench.ApplyPower("3"));
    }

    [Fact]
    public async Task New_firmware_replaces_the_modem()
    {
        await using var bench = await Powered();
        await bench.RunFor(S(2));
        bench.Firmware(FirmwareSource.FromText("100 I/user.new"));
        bench.IsPowered().ShouldBeFalse();
        await bench.ApplyPower();
        await bench.ExpectNot(Match.LogContains("user.a"), S(5));
        bench.Count(Match.LogContains("user.new")).ShouldBe(1);
    }

    [Fact]
    public async Task A_defect_of_a_model_fails_the_run_and_not_the_next_one()
    {
        await using (var bench = await Powered())
        {
            var failure = await Should.ThrowAsync<RunFailedException>(async () => await bench.WriteUart(1, "break"));
            failure.InnerException!.Message.ShouldBe("the model broke");
            await Should.ThrowAsync<RunFailedException>(async () => await bench.RunFor(S(1)));
        }

        await using var next = await Powered();
        await next.Expect(Match.LogContains("user.a"), S(1));
    }

    [Fact]
    public async Task Worlds_on_several_threads_come_to_the_same_hash()
    {
        async Task<string> World(ulong seed)
        {
            await using var bench = await Powered(options: new BenchOptions { Seed = seed });
            bench.Schedule(RandomFaults.Generate(seed, S(60)));
            await bench.RunFor(S(30));
            await bench.WriteUart(1, "a line of its own");
            await bench.RunFor(S(30));
            return bench.Session.Hash;
        }

        var alone = await World(5);
        var hashes = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(n => Task.Run(() => World(n % 2 == 0 ? 5UL : 6UL))));
        hashes.Where((_, n) => n % 2 == 0).ShouldAllBe(h => h == alone);
        hashes.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task The_same_scenario_runs_on_the_wall_clock()
    {
        await using var bench = await Powered("9 a\n60 I/user.late", new BenchOptions { Clock = RigClock.Wall });
        var seen = await bench.Expect(Match.LogContains("late"), S(20));
        seen.Event.Tick.ShouldBe(TimeSpan.FromMilliseconds(60));
        seen.At.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromMilliseconds(60));
        bench.Session.Events.Select(e => e.Kind)
            .ShouldBe([EventKinds.ApplyPower, EventKinds.PoweredOn, "log", "log"]);
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public async Task An_act_on_what_is_not_there_fails_alone_and_leaves_no_trace()
    {
        await using var bench = await Powered();
        var events = bench.Session.Total;
        var push = await Should.ThrowAsync<StepException>(
            async () => await bench.ServicePush("mqtt://none.test/topic", "x"));
        push.Message.ShouldStartWith("there is no service at mqtt://none.test; there are ws://");
        await Should.ThrowAsync<StepException>(
            async () => await bench.ServicePing("ws://none.test", default));
        Should.Throw<StepException>(() => bench.AddService("http://echo.airtun.air32.cn:80/", new EchoFrames()))
            .Message.ShouldContain("cannot behave as EchoFrames");
        bench.Session.Total.ShouldBe(events);

        await bench.Expect(Match.LogContains("user.b"), S(5));
    }

    private static async Task<Bench> Powered(string lines = Lines, BenchOptions? options = null)
    {
        var bench = ScriptedTarget.Bench(lines, options);
        await bench.ApplyPower();
        return bench;
    }
}
