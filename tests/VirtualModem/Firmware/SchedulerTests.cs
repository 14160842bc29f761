using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Tests.Firmware;

public class SchedulerTests
{
    [Fact]
    public void Timers_fire_at_their_time_in_order()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            local start = mcu.ticks()
            sys.timerStart(function() log.info("b", mcu.ticks() - start) end, 200)
            sys.timerStart(function() log.info("a", mcu.ticks() - start) end, 100)
            sys.run()
            """).PowerOn().RunTo(1);
        bench.UserLines.Select(line => line[..9]).ShouldBe(["I/user.a\t", "I/user.b\t"]);
        int.Parse(bench.UserLines.First().Split('\t')[1], System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeInRange(100, 101);
    }

    [Fact]
    public void A_loop_timer_catches_up_after_a_busy_time()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            sys.timerLoopStart(function() log.info("tick") end, 3000)
            for i = 1, 10 do timer.mdelay(1000) end
            sys.run()
            """).PowerOn().RunTo(11);
        var ticks = bench.Log.Where(line => line.Text == "I/user.tick").ToArray();
        ticks.Length.ShouldBe(3);
        (ticks[2].At - ticks[0].At).TotalMilliseconds.ShouldBeLessThan(5);
    }

    /// <summary>
    /// Both begin at one tick. At 65 ms the loop timer goes back into the list of timers, behind the wait of 70 ms.
    /// </summary>
    [Theory]
    [InlineData("sys.timerLoopStart(count, 5) sys.wait(70)", 13)]
    [InlineData("sys.timerLoopStart(count, 5) sys.wait(71)", 14)]
    [InlineData("sys.timerLoopStart(count, 5) sys.wait(5)", 1)]
    [InlineData("sys.timerLoopStart(count, 35) sys.wait(70)", 1)]
    [InlineData("rtos.timer_start(1, 500) timer.udelay(900) sys.timerLoopStart(count, 1) sys.wait(10)", 9)]
    public void Timers_that_end_at_one_tick_expire_in_the_order_of_the_list(string start, int calls)
    {
        var bench = new FakeBench(
            $$"""
            sys = require("sys")
            local n = 0
            function count() n = n + 1 end
            sys.taskInit(function() timer.mdelay(1) {{start}} log.info("calls", n) end)
            sys.run()
            """).PowerOn().RunTo(1);
        bench.UserLines.ShouldBe([$"I/user.calls\t{calls}"]);
    }

    /// <summary>
    /// The timer task has a lower priority than the Lua task, so it comes late to all of them. It takes those first
    /// whose start it has not obeyed yet, one after the other, and then each timer of its list with all that it missed.
    /// </summary>
    [Theory]
    [InlineData("sys.taskInit(function() sys.wait(2) busy(97) end)", 33, "aaaaaaaaaaaa")]
    [InlineData("busy(99)", 1, "ab")]
    public void A_busy_script_misses_no_expiry_of_its_timers(string busy, int calls, string order)
    {
        var bench = new FakeBench(
            $$"""
            sys = require("sys")
            local calls = {}
            function busy(ms) for i = 1, ms do timer.udelay(1000) end end
            sys.timerLoopStart(function() calls[#calls + 1] = "a" end, 3)
            sys.timerLoopStart(function() calls[#calls + 1] = "b" end, 5)
            sys.timerStart(function()
                log.info(select(2, table.concat(calls):gsub("a", "")), table.concat(calls):sub(1, 12))
            end, 99)
            {{busy}}
            sys.run()
            """,
            new ModemParameters { InstructionsPerSecond = 1_000_000_000 }).PowerOn().RunTo(0.5);
        bench.UserLines.ShouldBe([$"I/user.{calls}\t{order}"]);
        bench.Notices.ShouldBeEmpty();
    }

    [Fact]
    public void A_sleep_of_timer_mdelay_lets_the_idle_task_feed_the_watchdog()
    {
        var bench = new FakeBench("wdt.init(1000) while true do timer.mdelay(1000) end").PowerOn().RunTo(60);
        bench.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public void The_65th_timer_is_refused()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            local started = 0
            for i = 1, 70 do if sys.timerStart(function() return i end, 1000) then started = started + 1 end end
            log.info("started", started)
            sys.run()
            """).PowerOn().RunTo(0.9);
        bench.UserLines.ShouldContain("I/user.started\t64");
        bench.Lines.Count(line => line == "E/timer too many timers").ShouldBe(6);
    }

    [Fact]
    public void Wait_0_does_not_yield()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            sys.taskInit(function() sys.wait(0) log.info("same slice") end)
            log.info("after")
            sys.run()
            """).PowerOn().RunTo(1);
        bench.UserLines.ShouldBe(["D/user.rtos.timer_start error", "I/user.same slice", "I/user.after"]);
    }

    [Fact]
    public void Lines_carry_the_time_of_their_instruction()
    {
        var bench =
            new FakeBench(
                "for i = 1, 3 do log.info(i, mcu.ticks()) timer.mdelay(100) end while true do rtos.receive(-1) " +
                "end").PowerOn().RunTo(1);
        var ticks = bench.Log.Where(line => line.Text.StartsWith("I/user.", StringComparison.Ordinal))
            .Select(line => line.Tick.TotalMilliseconds).ToArray();
        (ticks[1] - ticks[0]).ShouldBeInRange(100, 101);
        (ticks[2] - ticks[1]).ShouldBeInRange(100, 101);
    }

    [Fact]
    public void The_mailbox_holds_32_messages_and_an_overflow_is_noticed()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            sys.timerLoopStart(function() end, 10)
            timer.mdelay(1000)
            sys.run()
            """).PowerOn().RunTo(2);
        bench.Notices.ShouldContain(notice => notice.Contains("mailbox is full", StringComparison.Ordinal));
    }

    [Fact]
    public void A_script_without_end_costs_the_host_only_virtual_time()
    {
        var bench = new FakeBench("while true do wdt.feed() end").PowerOn().RunTo(2);
        bench.Starts.Count.ShouldBe(1);
    }

    [Fact]
    public void The_date_is_old_before_the_network_told_it_and_in_utc_8_afterwards()
    {
        var bench = new FakeBench(
            """
            sys = require("sys")
            log.info("boot", os.date("%Y"))
            sys.subscribe("NTP_UPDATE", function() log.info("net", os.date("%Y-%m-%d %H:%M")) end)
            sys.run()
            """).PowerOn().RunTo(6);
        bench.UserLines.ShouldBe(["I/user.boot\t2000", "I/user.net\t2024-10-12 21:29"]);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        static string Run() =>
            new FakeBench(
                "for i = 1, 5 do print(math.random(1000), tostring({})) end while true do rtos.receive(-1) " +
                "end").PowerOn().RunTo(8).Dump();
        Run().ShouldBe(Run());
    }
}
