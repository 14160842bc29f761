using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Power;

/// <summary>When the module sleeps, and what wakes it (hardware reference §8.5, §8.6).</summary>
public sealed class ChipSleepTests
{
    private static FakeBench Bench(string script, bool usb = false)
    {
        var bench = new FakeBench($"sys = require('sys')\n{script}\nsys.run()");
        bench.At(0, new ModemCommand.PlugUsb(usb));
        return bench.PowerOn();
    }

    private static string Sleeps(FakeBench bench) => string.Join(", ", bench.Sleeps.Select(s => s.What));

    [Theory]
    [InlineData("pm.request(pm.LIGHT)", false, "kept by Radio, Light")]
    [InlineData("pm.request(pm.LIGHT)", true, "kept by Usb")]
    [InlineData("pm.force(pm.LIGHT)", true, "kept by Radio, Light")]
    [InlineData("pm.force(pm.LIGHT) pm.request(pm.LIGHT)", true, "kept by Usb")]
    [InlineData("pm.power(pm.USB, false) pm.power(pm.WORK_MODE, 1)", true, "kept by Radio, Light")]
    [InlineData("pm.power(pm.USB, false) pm.request(pm.LIGHT)", true, "kept by Radio, Light")]
    [InlineData("pm.power(pm.USB, false) pm.power(pm.USB, true) pm.request(pm.LIGHT)", true, "kept by Usb")]
    [InlineData("pm.power(pm.WORK_MODE, 2)", false, "kept by Radio, Light")]
    [InlineData("pm.power(pm.WORK_MODE, 9)", false, "kept by Radio, Light")]
    [InlineData("pm.power(pm.WORK_MODE, 3)", false, "kept by Radio, Hibernate")]
    [InlineData("pm.request(pm.DEEP)", false, "kept by Radio, Light")]
    [InlineData("pm.request(pm.IDLE)", false, "")]
    [InlineData("pm.request(pm.NONE)", false, "")]
    [InlineData("", false, "")]
    [InlineData("mobile.flymode(0, true) pm.request(pm.LIGHT)", false, "Light")]
    [InlineData("mobile.flymode(0, true) pm.request(pm.DEEP)", false, "Deep")]
    [InlineData("mobile.flymode(0, true) pm.request(pm.HIB)", false, "Hibernate")]
    [InlineData("mobile.flymode(0, true) pm.request(pm.LIGHT) pm.request(pm.IDLE)", false, "")]
    [InlineData("mobile.flymode(0, true) pm.request(pm.LIGHT) while true do end", false, "")]
    public void The_mode_that_was_asked_for_begins_when_nothing_is_against_it(string script, bool usb, string sleeps) =>
        Sleeps(Bench(script, usb).RunTo(19)).ShouldBe(sleeps);

    [Theory]
    [InlineData("pm.request(pm.HIB)", true)]
    [InlineData("pm.force(pm.DEEP)", true)]
    [InlineData("pm.request(pm.LIGHT)", false)]
    [InlineData("mobile.flymode(0, true) pm.request(pm.HIB)", false)]
    public void A_deep_sleep_that_the_radio_makes_a_light_one_is_noticed_once(string script, bool isNoticed)
    {
        var bench = Bench(script);
        bench.At(20, new ModemCommand.HoldPin(ModulePin.Wakeup0, PinHold.Low));
        bench.RunTo(60);
        bench.Notices.Count(n => n.Contains("mobile.flymode(0, true)", StringComparison.Ordinal))
            .ShouldBe(isNoticed ? 1 : 0);
    }

    [Fact]
    public void A_pressed_key_keeps_the_module_awake_until_it_is_released()
    {
        var bench = Bench("mobile.flymode(0, true) pm.request(pm.LIGHT)");
        bench.At(0.1, new ModemCommand.HoldPin(ModulePin.PowerKey, PinHold.Low));
        bench.At(5, new ModemCommand.HoldPin(ModulePin.PowerKey, PinHold.Released));
        Sleeps(bench.RunTo(4)).ShouldBe("kept by Key");
        Sleeps(bench.RunTo(6)).ShouldBe("kept by Key, Light");
    }

    [Fact]
    public void Bytes_that_leave_keep_the_module_awake_until_they_have_left()
    {
        var bench = Bench(
            "mobile.flymode(0, true) uart.setup(1, 1200) uart.write(1, ('x'):rep(120)) pm.request(pm.LIGHT)");
        bench.RunTo(4);
        Sleeps(bench).ShouldBe("kept by Uart, Light");
        bench.Sleeps[1].At.ShouldBeGreaterThan(bench.Uart.Last().At);
    }

    [Fact]
    public void A_wait_of_the_script_takes_as_long_in_sleep_as_it_would_awake()
    {
        var bench = Bench("""
            sys.taskInit(function()
              mobile.flymode(0, true) pm.request(pm.LIGHT)
              local from = mcu.ticks() sys.wait(10000) log.info("waited", mcu.ticks() - from)
            end)
            """).RunTo(15);
        bench.Line("I/user.waited").Text.ShouldBe("I/user.waited\t10010"); // 10 ms to wake up
        Sleeps(bench).ShouldBe("Light, Awake, Light");
    }

    [Theory]
    [InlineData(115_200, "1,-1 1,2")]
    [InlineData(19_200, "1,-1 1,2")]
    [InlineData(9600, "1,2 1,4")]
    [InlineData(600, "1,2 1,4")]
    public void Uart_1_loses_what_wakes_the_module_at_rates_that_the_low_power_uart_has_not(int baud, string events)
    {
        var bench = Bench($$"""
            uart.setup(1, {{baud}})
            local all = ""
            uart.on(1, "receive", function(id, len) all = all .. " " .. id .. "," .. len log.info("u", all) end)
            mobile.flymode(0, true) pm.request(pm.LIGHT)
            """);
        bench.WriteUart(3, "ab");
        bench.WriteUart(4, "cd");
        bench.RunTo(6);
        bench.UserLines.Last().ShouldBe("I/user.u\t " + events);
    }

    [Fact]
    public void What_comes_before_the_module_is_awake_is_lost_too()
    {
        var bench = Bench("""
            uart.setup(1, 115200)
            local all = ""
            uart.on(1, "receive", function(id, len) all = all .. " " .. len log.info("u", all) end)
            mobile.flymode(0, true) pm.request(pm.LIGHT)
            """);
        bench.WriteUart(3, "ab");
        bench.WriteUart(3.005, "cd");
        bench.WriteUart(3.02, "efg");
        bench.RunTo(6).UserLines.Last().ShouldBe("I/user.u\t -1 3");
    }

    [Fact]
    public void Uart_2_and_usb_are_dead_in_sleep()
    {
        var bench = Bench("""
            for _, id in ipairs({2, uart.VUART_0}) do
              uart.setup(id, 9600) uart.on(id, "receive", function(port, len) log.info("u", port, len) end)
            end
            mobile.flymode(0, true) pm.force(pm.LIGHT)
            """, usb: true);
        bench.WriteUart(3, "ab", port: 2);
        bench.WriteUart(3, "ab", port: 32);
        bench.RunTo(6);
        bench.UserLines.ShouldBeEmpty();
        bench.Notices.Count.ShouldBe(2);
        Sleeps(bench).ShouldBe("Light");
    }

    [Fact]
    public void A_message_of_the_rtos_timer_comes_at_its_time_in_every_light_sleep()
    {
        var bench = Bench(
            "mobile.flymode(0, true) pm.request(pm.LIGHT) sys.timerLoopStart(function() log.info('t') end, 1000)");
        bench.RunTo(10.5);
        bench.UserLines.Count().ShouldBe(10);
        bench.Sleeps.Count(s => s.What == "Awake").ShouldBe(10);
    }

    [Theory]
    [InlineData(20, true)]
    [InlineData(22, true)]
    [InlineData(32, true)]
    [InlineData(34, true)]
    [InlineData(35, true)]
    [InlineData(7, false)]
    [InlineData(24, false)]
    public void Only_wake_up_pads_and_the_key_interrupt_a_sleep(int pin, bool wakes)
    {
        var bench = Bench(
            $"gpio.setup({pin}, function() log.info('irq') end, gpio.PULLUP, gpio.FALLING) " +
            "mobile.flymode(0, true) pm.request(pm.LIGHT)");
        bench.At(3, new ModemCommand.HoldPin(pin, PinHold.High));
        bench.At(3.5, new ModemCommand.HoldPin(pin, PinHold.Low));
        bench.RunTo(5);
        bench.UserLines.Any().ShouldBe(wakes);
    }
}
