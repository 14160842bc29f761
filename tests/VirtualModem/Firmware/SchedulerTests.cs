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
