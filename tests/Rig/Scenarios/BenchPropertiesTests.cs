using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class BenchPropertiesTests
{
    private const string Dies =
        """
        sys = require("sys")
        log.info("no", 7)
        sys.timerStart(function() error("boom") end, 2000)
        sys.run()
        """;

    private const string Talks =
        """
        sys = require("sys")
        uart.setup(1, 115200, 8, 1)
        uart.on(1, "receive", function(id) log.info("got", (uart.read(id, 100):gsub("%c", ""))) end)
        sys.timerLoopStart(function() uart.write(1, "AT\r\n") end, 1000)
        sys.run()
        """;

    [Fact]
    public async Task A_broken_property_is_told_with_the_moment_that_broke_it()
    {
        await using var bench = await Running(Dies);
        await bench.RunFor(S(10));
        var text = Should.Throw<ExpectationException>(() => bench.Require(new NeverRestarts())).Message;
        text.ShouldStartWith("expected that the module never restarts by itself; first broken at ");
        text.ShouldContain("the Lua VM exited: main.lua:3: boom\n  the events before:\n");
        text.ShouldContain("\n  > ");
    }

    [Fact]
    public async Task What_is_broken_later_is_told_at_the_end_and_once()
    {
        await using var bench = await Running(Dies);
        bench.Require(new NeverRestarts());
        await bench.RunFor(S(10));
        Should.Throw<ExpectationException>(() => bench.JudgeRun(wholly: true));
        bench.JudgeRun(wholly: true);
    }

    [Fact]
    public async Task A_property_that_judged_nothing_is_no_pass()
    {
        await using var bench = await Running(Dies);
        bench.Require(new KeepsComing(Place.Parse("the log"), "{*}no{*}", S(1)));
        await bench.RunFor(S(10));
        bench.JudgeRun(wholly: false);
        Should.Throw<ExpectationException>(() => bench.JudgeRun(wholly: true)).Message.ShouldStartWith(
            "nothing was judged by \"the log keeps showing \"{*}no{*}\" at least every 1 s\": no text that fits " +
            "\"{*}no{*}\" came in a settled run; a clause that waits is judged 150 s after the start and after the " +
            "last fault, and then takes 1 s: let more time pass, or give a shorter settling time");
    }

    [Fact]
    public async Task A_workload_counts_as_long_as_the_run_lasts_and_a_device_answers()
    {
        await using var bench = await Running(Talks);
        await bench.Do(Repeat.Uart(1, "no {n}\n", S(2)));
        await bench.Do(new AnswerUart(1, "AT", "OK\r\n"));
        await bench.RunFor(S(9));
        Lines(bench, "no ").ShouldBe(["I/user.got\tno 2", "I/user.got\tno 3", "I/user.got\tno 4", "I/user.got\tno 5"]);
        Lines(bench, "OK").Length.ShouldBeInRange(7, 9);
    }

    [Fact]
    public void A_workload_takes_time_from_one_to_the_next() =>
        Should.Throw<FormatException>(() => Repeat.Uart(1, "no {n}\n", TimeSpan.Zero)).Message.ShouldBe(
            "'0 s' is too short; something comes every 1ms at the most");

    [Fact]
    public async Task An_act_behind_an_event_is_done_a_time_after_the_first_one_from_then_on()
    {
        await using var bench = await Running(Talks);
        bench.Schedule(ScheduledAct.Parse("4s after uart1.tx 30ms mark 'here'"));
        await bench.RunFor(S(9));
        var mark = bench.Events.OfType<Marked>().ShouldHaveSingleItem();
        var sent = bench.Events.OfType<UartOut>().First(e => e.At >= S(4));
        (mark.At - sent.At).ShouldBe(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public async Task Power_that_is_cut_for_a_time_comes_again()
    {
        await using var bench = await Running(Talks);
        await bench.Do(new SwitchOff(S(3)));
        await bench.RunFor(S(2.9));
        bench.IsPowered().ShouldBeFalse();
        await bench.RunFor(S(0.2));
        bench.IsPowered().ShouldBeTrue();
    }

    private static string[] Lines(Bench bench, string with) =>
    [
        .. bench.Events.OfType<LogLine>().Select(line => line.Line)
            .Where(line => line.StartsWith("I/user.got", StringComparison.Ordinal)
                && line.Contains(with, StringComparison.Ordinal)),
    ];

    private static async Task<Bench> Running(string script)
    {
        var bench = new Bench();
        bench.Firmware(FirmwareSource.FromText(script));
        await bench.ApplyPower();
        return bench;
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
