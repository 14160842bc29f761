using System.Globalization;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

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

    /// <summary>Hardware reference §8.1: on again by the power key, or at once where the key is grounded.</summary>
    [Theory]
    [InlineData("", new[] { 0.0 })]
    [InlineData("4 low, 4.9 released", new[] { 0.0 })]
    [InlineData("4 low, 4.9 released, 5 low, 5.9 released", new[] { 0.0 })]
    [InlineData("4 low, 4.5 low", new[] { 0.0, 5.0 })]
    [InlineData("4 low, 5.5 released", new[] { 0.0, 5.0 })]
    [InlineData("4 high, 7 released", new[] { 0.0 })]
    [InlineData("0.5 low, 2 released", new[] { 0.0 })]
    [InlineData("1 low, 3.5 released", new[] { 0.0, 3.0 })]
    [InlineData("4 cut, 5 low, 7 released", new[] { 0.0 })]
    [InlineData("4 low, 4.5 cut", new[] { 0.0 })]
    [InlineData("4 reset", new[] { 0.0 })]
    [InlineData("4 apply", new[] { 0.0 })]
    [InlineData("4 cut, 5 apply", new[] { 0.0, 5.0 })]
    public void A_module_that_was_shut_down_starts_by_its_power_key(string acts, double[] starts)
    {
        const string Script = "log.info('on') rtos.timer_start(1, 2500) "
            + "repeat until rtos.receive(-1) == rtos.MSG_TIMER pm.shutdown()";
        var bench = new FakeBench(Script).PowerOn();
        foreach (var act in acts.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(a => a.Split(' ')))
        {
            bench.At(double.Parse(act[0], CultureInfo.InvariantCulture), act[1] switch
            {
                "cut" => new ModemCommand.CutPower(),
                "apply" => new ModemCommand.ApplyPower(),
                "reset" => new ModemCommand.PullReset(),
                var hold => new ModemCommand.HoldPin(ModulePin.PowerKey, Enum.Parse<PinHold>(hold, ignoreCase: true)),
            });
        }

        bench.RunTo(7.4);
        var lines = bench.Log.Where(line => line.Text == "I/user.on");
        var seen = lines.Select(line => line.At.TotalSeconds - 0.25).ToArray();
        seen.Length.ShouldBe(starts.Length, string.Join(", ", seen));
        foreach (var (at, start) in seen.Zip(starts)) at.ShouldBe(start, 0.3);
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
