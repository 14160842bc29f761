using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Power;

/// <summary>Sleeps that end the script (hardware reference §8.2, §8.3, §8.5, §8.6).</summary>
public sealed class DeepSleepTests
{
    private static FakeBench Bench(string script)
    {
        var bench = new FakeBench(
            "sys = require('sys') log.info('reason', pm.lastReson()) " +
            "sys.subscribe('DTIMER_WAKEUP', function(id) log.info('dtimer', id) end)\n" +
            $"if pm.lastReson() == 0 then mobile.flymode(0, true) {script} end\nsys.run()");
        bench.At(0, new ModemCommand.PlugUsb(false));
        return bench.PowerOn();
    }

    private static string[] Reasons(FakeBench bench) =>
        [.. bench.UserLines.Where(l => l.StartsWith("I/user.reason", StringComparison.Ordinal)).Select(l => l[14..])];

    [Theory]
    [InlineData("pm.DEEP", "1\t3\t0", "I/pm poweron: Wakup Sleep2 by RTC 5")]
    [InlineData("pm.HIB", "1\t4\t0", "I/pm poweron: Wakup Hib by RTC 5")]
    public void A_timer_starts_the_script_again_and_is_its_first_message(string mode, string reason, string line)
    {
        var bench = Bench($"pm.dtimerStart(5, 30000) pm.request({mode})").RunTo(40);
        Reasons(bench).ShouldBe(["0\t0\t0", reason]);
        bench.Starts[1].Report.ShouldBe(new ModemReport.PoweredOn(StartReason.Wakeup, "timer 5"));
        bench.Starts[1].At.TotalSeconds.ShouldBe(30.25, 0.1);
        bench.Lines.ShouldContain(line);
        bench.UserLines.Last().ShouldBe("I/user.dtimer\t5");
        bench.Lines.ShouldContain("I/pm DeepTimer Wakeup by id=5");
    }

    [Fact]
    public void The_other_timers_go_on_over_a_wake_up()
    {
        var bench = Bench("pm.dtimerStart(0, 10000) pm.dtimerStart(6, 15000) pm.request(pm.HIB)").RunTo(40);
        bench.UserLines.Where(l => l.StartsWith("I/user.dtimer", StringComparison.Ordinal))
            .ShouldBe(["I/user.dtimer\t0", "I/user.dtimer\t6"]);
        bench.Starts.Count.ShouldBe(2);
    }

    [Fact]
    public void A_timer_that_fires_while_the_module_boots_from_another_one_is_told()
    {
        var bench = Bench("pm.dtimerStart(0, 10000) pm.dtimerStart(1, 10000) pm.request(pm.HIB)").RunTo(40);
        bench.UserLines.Where(l => l.StartsWith("I/user.dtimer", StringComparison.Ordinal)).Count().ShouldBe(2);
    }

    [Fact]
    public void A_reset_stops_the_timers()
    {
        var bench = Bench("pm.dtimerStart(0, 10000) pm.request(pm.HIB)");
        bench.At(5, new ModemCommand.PullReset());
        bench.RunTo(9);
        bench.Starts.Count.ShouldBe(2);
        bench.RunTo(60);
        bench.Starts.Count(s => s.Report.Reason == StartReason.Wakeup).ShouldBe(1); // the script starts one again
    }

    [Fact]
    public void A_power_cut_in_sleep_ends_it()
    {
        var bench = Bench("pm.dtimerStart(0, 10000) pm.request(pm.HIB)");
        bench.At(5, new ModemCommand.CutPower());
        bench.RunTo(60).Starts.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(32, "gpio.FALLING", "2\t4\t0")]
    [InlineData(20, "gpio.BOTH", "2\t4\t0")]
    [InlineData(35, "gpio.BOTH", "5\t4\t0")]
    [InlineData(32, "gpio.RISING", null)]
    [InlineData(7, "gpio.FALLING", null)]
    public void A_pad_wakes_by_its_edge(int pin, string edge, string? reason)
    {
        var bench = Bench(
            $"gpio.setup({pin}, function() log.info('irq') end, gpio.PULLUP, {edge}) pm.request(pm.HIB)");
        bench.At(5, new ModemCommand.HoldPin(pin, PinHold.Low));
        bench.RunTo(7);
        Reasons(bench).Skip(1).ShouldBe(reason is null ? [] : [reason]);
        bench.UserLines.ShouldNotContain("I/user.irq");
        if (reason is not null) bench.Lines.ShouldContain("I/pm poweron: Wakup Hib by IO 255");
    }

    [Fact]
    public void The_power_key_wakes_when_it_is_pressed_and_not_when_it_is_let_go()
    {
        var bench = Bench("pm.request(pm.HIB)");
        bench.At(5, new ModemCommand.HoldPin(35, PinHold.High));
        bench.RunTo(6);
        Reasons(bench).Length.ShouldBe(1);
        bench.At(6, new ModemCommand.HoldPin(35, PinHold.Low));
        bench.RunTo(8);
        Reasons(bench).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData(9600, 1, true)]
    [InlineData(115_200, 1, false)]
    [InlineData(9600, 2, false)]
    public void Uart_1_wakes_at_a_rate_of_the_low_power_uart(int baud, int port, bool wakes)
    {
        var bench = Bench($"uart.setup({port}, {baud}) pm.request(pm.HIB)");
        bench.WriteUart(5, "wake", port);
        bench.RunTo(7);
        Reasons(bench).Length.ShouldBe(wakes ? 2 : 1);
        if (wakes) Reasons(bench)[1].ShouldBe("3\t4\t0");
    }

    [Fact]
    public void Outputs_of_the_always_on_domain_keep_their_level_through_sleep_and_boot()
    {
        var bench = Bench(
            "gpio.setup(27, 1) gpio.setup(2, 1) pm.dtimerStart(0, 10000) pm.request(pm.HIB)").RunTo(12);
        bench.Pins.Where(p => p.Report.Pin == 27).Select(p => p.Report.Drive)
            .ShouldBe([PinDrive.Low, PinDrive.High]);
        bench.Pins.Where(p => p.Report.Pin == 2).Select(p => p.Report.Drive)
            .ShouldBe([PinDrive.Low, PinDrive.High, PinDrive.PullUp]);
    }
}
