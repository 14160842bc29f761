using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Watchdog;

public class WatchdogTests
{
    [Fact]
    public void A_busy_loop_after_init_9000_resets_after_18_s_with_reason_8()
    {
        var bench = new FakeBench(
            """
            log.info("reason", pm.lastReson())
            log.info("init", wdt.init(9000))
            while true do end
            """).PowerOn().RunTo(19);
        bench.Starts.Count.ShouldBe(2, bench.Dump());
        bench.Starts[1].At.TotalSeconds.ShouldBeInRange(18.25, 18.26, bench.Dump());
        bench.Line("I/user.reason\t0\t0\t8");
        bench.Line("I/user.init\ttrue");
        bench.Lines.Count(line => line == "I/pm poweron: Power/Reset").ShouldBe(2);
    }

    [Fact]
    public void A_busy_loop_resets_after_40_s_with_the_platform_default()
    {
        var bench = new FakeBench("while true do end").PowerOn().RunTo(41);
        bench.Starts[1].At.TotalSeconds.ShouldBeInRange(40.24, 40.26, bench.Dump());
    }

    [Fact]
    public void A_script_that_waits_is_never_reset()
    {
        var bench = new FakeBench("wdt.init(1000) while true do rtos.receive(-1) end").PowerOn().RunTo(3600);
        bench.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public void A_busy_loop_that_feeds_is_never_reset()
    {
        var bench = new FakeBench("wdt.init(2000) while true do wdt.feed() end").PowerOn().RunTo(10);
        bench.Starts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("wdt.init()", "false")]
    [InlineData("wdt.init(999)", "false")]
    [InlineData("wdt.init(1000)", "true")]
    [InlineData("wdt.init(60999)", "true")]
    [InlineData("wdt.init(61000)", "false")]
    [InlineData("wdt.setTimeout(9)", "true")]
    [InlineData("wdt.setTimeout(9000)", "false")]
    [InlineData("wdt.feed()", "true")]
    [InlineData("wdt.close()", "true")]
    public void The_functions_have_the_ranges_of_V1112(string call, string result) =>
        new FakeBench($"log.info('is', {call}) while true do rtos.receive(-1) end").PowerOn().RunTo(1).UserLines
            .ShouldBe([$"I/user.is\t{result}"]);

    [Theory]
    [InlineData("wdt.init(19999)", "false")]
    [InlineData("wdt.init(20000)", "true")]
    [InlineData("wdt.setTimeout(19)", "false")]
    [InlineData("wdt.setTimeout(20)", "true")]
    [InlineData("wdt.setTimeout(61)", "false")]
    [InlineData("wdt.setTimeout(30000)", "true")]
    [InlineData("wdt.setTimeout(61000)", "false")]
    [InlineData("wdt.setTimeout(-30)", "false")]
    public void From_V1113_on_they_are_longer_and_seconds_may_be_milliseconds(string call, string result) =>
        new FakeBench(
            $"log.info('is', {call}) while true do rtos.receive(-1) end",
            new ModemParameters { Firmware = 1113 }).PowerOn().RunTo(1).UserLines
            .ShouldBe([$"I/user.is\t{result}"]);
}
