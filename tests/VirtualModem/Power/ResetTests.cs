using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Tests.Power;

public class ResetTests
{
    private const string TellsReason = "log.info('reason', pm.lastReson()) while true do rtos.receive(-1) end";

    [Fact]
    public void A_power_on_has_reason_0()
    {
        new FakeBench(TellsReason).PowerOn().RunTo(1).Line("I/user.reason").Text.ShouldBe("I/user.reason\t0\t0\t0");
    }

    [Fact]
    public void The_reset_line_has_reason_5_and_the_tick_starts_again()
    {
        var bench = new FakeBench(TellsReason).PowerOn();
        bench.At(2, new ModemCommand.PullReset());
        bench.RunTo(3);
        bench.Log.Last(line => line.Text.StartsWith("I/user.reason", StringComparison.Ordinal)).Text
            .ShouldBe("I/user.reason\t0\t0\t5");
        bench.Log.Last().Tick.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        bench.Starts.Select(start => start.Report.Reason).ShouldBe([StartReason.Power, StartReason.ResetLine]);
    }

    [Theory]
    [InlineData("rtos.reboot()")]
    [InlineData("pm.reboot()")]
    public void A_reboot_by_the_script_logs_nothing_and_has_reason_3(string call)
    {
        var bench = new FakeBench(
            $"""
            log.info("reason", pm.lastReson())
            if select(3, pm.lastReson()) == 0 then {call} log.info("never") end
            while true do rtos.receive(-1) end
            """).PowerOn().RunTo(2);
        bench.Lines.ShouldNotContain("I/user.never");
        bench.Starts.Count.ShouldBe(2);
        bench.Line("I/user.reason\t0\t0\t3");
    }

    [Fact]
    public void A_module_that_the_script_shuts_down_says_nothing_until_its_supply_comes_again()
    {
        var bench = new FakeBench("log.info('on') pm.shutdown() log.info('never')").PowerOn();
        bench.At(4, new ModemCommand.CutPower());
        bench.At(5, new ModemCommand.ApplyPower());
        bench.RunTo(10);
        bench.Lines.ShouldNotContain("I/user.never");
        bench.Log.Where(line => line.Text == "I/user.on").Select(line => (int)line.At.TotalSeconds).ShouldBe([0, 5]);
    }

    [Fact]
    public void A_cut_module_says_nothing_and_its_flash_survives()
    {
        var bench = new FakeBench(
            """
            log.info("file", io.readFile("/kept.txt"))
            fskv.init()
            log.info("kv", fskv.get("n"))
            io.writeFile("/kept.txt", "bytes")
            fskv.set("n", 42)
            while true do rtos.receive(-1) end
            """).PowerOn();
        bench.At(1, new ModemCommand.CutPower());
        bench.At(2, new ModemCommand.ApplyPower());
        bench.RunTo(3);
        bench.Log.ShouldNotContain(line => line.At > TimeSpan.FromSeconds(1) && line.At < TimeSpan.FromSeconds(2));
        bench.UserLines.Select(line => line.Trim())
            .ShouldBe(["I/user.file", "I/user.kv", "I/user.file\tbytes", "I/user.kv\t42"]);
    }

    [Fact]
    public void Commands_while_off_are_ignored()
    {
        var bench = new FakeBench(TellsReason);
        bench.At(1, new ModemCommand.PullReset());
        bench.At(1, new ModemCommand.CutPower());
        bench.WriteUart(1, "x");
        bench.RunTo(2);
        bench.Log.ShouldBeEmpty();
        bench.Modem.NextTimeout.ShouldBeNull();
    }
}
