using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Pins;

/// <summary><c>gpio</c> as its C code has it (L:luat/modules/luat_lib_gpio.c).</summary>
public sealed class GpioLibraryTests
{
    private const string Wait = "\nwhile true do rtos.receive(-1) end";

    private static FakeBench Run(string script, params (double At, int Pin, PinHold Hold)[] holds)
    {
        var bench = new FakeBench(
            "local function irq(name) return function(...) print(name, ...) end end\n" + script +
            "\nsys = require('sys') sys.run()").PowerOn();
        foreach (var (at, pin, hold) in holds) bench.At(at, new ModemCommand.HoldPin(pin, hold));
        return bench.RunTo(3);
    }

    private static string Called(FakeBench bench) =>
        string.Join(" | ", bench.Lines.Where(line => line.StartsWith("irq", StringComparison.Ordinal)))
            .Replace('\t', ' ');

    [Theory]
    [InlineData("gpio.setup(27, 0)(1)", "")]
    [InlineData("gpio.setup(27, true)()", "0")]
    [InlineData("gpio.setup(27, 1.0)()", "0")]
    [InlineData("gpio.setup(27, '1')()", "0")]
    [InlineData("gpio.setup(2, nil, gpio.PULLUP)()", "1")]
    [InlineData("gpio.setup(27, 1) or 1, gpio.get(27)", "...,0")]
    [InlineData("gpio.get(36)", "0")]
    [InlineData("gpio.get(-1)", "0")]
    [InlineData("gpio.get(35)", "1")]
    [InlineData("gpio.get(33)", "0")]
    [InlineData("gpio.setup(36, 0)", "")]
    [InlineData("gpio.setup(-1, 0)", "")]
    [InlineData("gpio.setup(32, 1)", "")]
    [InlineData("gpio.setup(35, nil)", "")]
    [InlineData("gpio.setup(33, function() end, 0, gpio.HIGH_IRQ)", "")]
    [InlineData("gpio.setup('27', 0)(27, 1)", "")]
    [InlineData("gpio.setup('7', nil, 1)(7), gpio.get('7')", "1,1")]
    [InlineData("pcall(gpio.setup('7', nil, 1))", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData("pcall(gpio.setup, 7, print, 1, {})", "false,bad argument #4 to '?' (number expected, got table)")]
    [InlineData("pcall(gpio.pulse, 7, 1, nil, 0)", "false,bad argument #3 to '?' (number expected, got nil)")]
    [InlineData("pcall(gpio.debounce, 7)", "false,bad argument #2 to '?' (number expected, got no value)")]
    [InlineData("pcall(gpio.caplevel, 7)", "false,bad argument #2 to '?' (number expected, got no value)")]
    [InlineData("gpio.set(-1, 1)", "")]
    [InlineData("gpio.count(256)", "0")]
    [InlineData("gpio.setDefaultPull(2) and gpio.setup(2)()", "0")]
    [InlineData("pcall(gpio.setup('27', 0), 1)", "false,bad argument #2 to '?' (number expected, got no value)")]
    [InlineData("pcall(gpio.setup(27, 0))", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData("pcall(gpio.setup(27, 0), true)", "false,bad argument #1 to '?' (number expected, got boolean)")]
    [InlineData("pcall(gpio.setup)", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData("pcall(gpio.setup, 27, 0, true)", "false,bad argument #3 to '?' (number expected, got boolean)")]
    [InlineData("pcall(gpio.set, 27, nil)", "false,bad argument #2 to '?' (number expected, got nil)")]
    [InlineData("pcall(gpio.set, 27, true)", "false,bad argument #2 to '?' (number expected, got boolean)")]
    [InlineData("pcall(gpio.set, 27, 0.5)", "false,bad argument #2 to '?' (number has no integer representation)")]
    [InlineData("gpio.set(27, 1)", "")]
    [InlineData("gpio.set(40, 1)", "")]
    [InlineData("gpio.close(27)", "")]
    [InlineData("gpio.close(99)", "")]
    [InlineData("gpio.toggle(27)", "")]
    [InlineData("gpio.setDefaultPull(1)", "true")]
    [InlineData("gpio.setDefaultPull(3)", "false")]
    [InlineData("gpio.setDefaultPull(-1)", "false")]
    [InlineData("gpio.count(27)", "0")]
    [InlineData("gpio.count(40)", "0")]
    [InlineData("gpio.debounce(0, 100)", "")]
    [InlineData("gpio.caplevel(7, 1, nil)", "")]
    [InlineData("gpio.caplevel(7, 1, function() end)()", "0")]
    [InlineData("gpio.pulse(36, 1, 8, 0)", "")]
    public void A_call_returns(string expression, string expected)
    {
        var bench = new FakeBench(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))" + Wait).PowerOn().RunTo(1);
        var line = bench.Line("is ").Text[3..];
        if (expected.StartsWith("...", StringComparison.Ordinal)) line.ShouldEndWith(expected[3..]);
        else line.ShouldBe(expected);
    }

    [Theory]
    [InlineData("gpio.setup(36, 0)", "W/gpio MUST pin < 36")]
    [InlineData("gpio.setup(32, 1)", "W/gpio gpio setup fail pin=32")]
    [InlineData("gpio.setup(35, nil)", "W/gpio gpio setup fail pin=35")]
    [InlineData("gpio.setup(33, print, 0, gpio.LOW_IRQ)", "W/gpio gpio setup fail pin=33")]
    [InlineData("gpio.debounce(292, 1)", "W/gpio MUST pin < 36")]
    [InlineData("gpio.setup(-1, 0)", "W/gpio gpio setup fail pin=-1")]
    [InlineData("gpio.setup(7, gpio.count)", "D/gpio pin 7 use irq count mode")]
    [InlineData("gpio.toggle(36)", "W/gpio pin id out of range (0-127)")]
    [InlineData("gpio.pulse(36, 1, 8, 0)", "D/gpio pin id out of range (0-127)")]
    [InlineData("gpio.debounce(36, 1)", "W/gpio MUST pin < 36")]
    [InlineData("gpio.count(36)", "W/gpio MUST pin < 36")]
    public void A_call_logs(string call, string line) => new FakeBench(call + Wait).PowerOn().RunTo(1)
        .Lines.ShouldContain(line);

    [Theory]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP)", "irq 1 7")]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP, gpio.FALLING)", "irq 0 7")]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP, gpio.RISING)", "irq 1 7")]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP, 9)", "")]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP, gpio.HIGH_IRQ)", "irq 1 7 | irq 1 7")]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP, gpio.LOW_IRQ)", "irq 0 7")]
    [InlineData("gpio.setup(7, irq('irq'), gpio.PULLUP) gpio.close(7)", "")]
    [InlineData("gpio.setup(7, irq('irq1'), 1) gpio.setup(7, irq('irq2'), 1)", "irq2 1 7")]
    [InlineData("gpio.setup(7, irq('irq'), 1) gpio.setup(7, nil, 1)", "")]
    [InlineData("gpio.setDefaultPull(1) gpio.setup(7, irq('irq'))", "irq 1 7")]
    public void A_low_pulse_of_10_ms_interrupts(string script, string called) =>
        Called(Run(script, (1, 7, PinHold.Low), (1.01, 7, PinHold.Released))).ShouldBe(called);

    [Theory]
    [InlineData(20)]
    [InlineData(22)]
    [InlineData(32)]
    [InlineData(34)]
    [InlineData(35)]
    public void Some_pins_interrupt_on_both_edges(int pin) =>
        Called(Run($"gpio.setup({pin}, irq('irq'), gpio.PULLUP)", (1, pin, PinHold.Low), (1.01, pin, PinHold.Released)))
            .ShouldBe($"irq 0 {pin} | irq 1 {pin}");

    [Fact]
    public void Cooling_reports_at_once_and_then_rests()
    {
        var bench = Run(
            "gpio.debounce(7, 100) gpio.setup(7, irq('irq'), 2)",
            (1, 7, PinHold.High), (1.01, 7, PinHold.Low), (1.05, 7, PinHold.High), (1.06, 7, PinHold.Low),
            (1.09, 7, PinHold.High), (1.095, 7, PinHold.Low), (1.12, 7, PinHold.High));
        Called(bench).ShouldBe("irq 1 7 | irq 1 7");
        var times = bench.Log.Where(line => line.Text.StartsWith("irq", StringComparison.Ordinal)).Select(l => l.At);
        (times.Last() - times.First()).TotalSeconds.ShouldBe(0.12, 0.001);
    }

    [Theory]
    [InlineData(1.3, "irq 1")]
    [InlineData(1.05, "")]
    public void A_delay_reports_the_level_that_lasted(double until, string called) =>
        Called(Run(
            "gpio.debounce(7, 100, 1) gpio.setup(7, irq('irq'), 2, gpio.RISING)",
            (1, 7, PinHold.High), (1.002, 7, PinHold.Low), (1.004, 7, PinHold.High), (until, 7, PinHold.Low)))
            .ShouldBe(called);

    [Fact]
    public void Counting_counts_and_forgets()
    {
        var bench = Run(
            "gpio.debounce(7, 1000) gpio.setup(7, gpio.count, 2) sys = require('sys') " +
            "sys.timerStart(function() print('irq', gpio.count(7), gpio.count(7)) end, 2000)",
            (1, 7, PinHold.High), (1.1, 7, PinHold.Low), (1.2, 7, PinHold.High), (1.3, 7, PinHold.Low));
        Called(bench).ShouldBe("irq 2 0");
    }

    [Theory]
    [InlineData(1, PinHold.High, PinHold.Low)]
    [InlineData(0, PinHold.Low, PinHold.High)]
    public void The_length_of_a_level_is_measured(int level, PinHold begin, PinHold end)
    {
        var bench = Run($"gpio.caplevel(7, {level}, irq('irq'))",
            (0.9, 7, end), (1, 7, begin), (1.0015, 7, end), (1.5, 7, begin), (1.5001, 7, end));
        Called(bench).ShouldEndWith("irq 1500.000 | irq 100.00000");
    }

    [Fact]
    public void A_level_of_2_given_twice_spills_into_the_next_pin()
    {
        // The remembered bit of pin 2 is added once more and carries into that of pin 3.
        var bench = Run("gpio.set(2, 1) gpio.set(2, 2) gpio.setup(3, 1) gpio.toggle(3)");
        string.Join(' ', bench.Pins.Where(p => p.Report.Pin == 3).Select(p => p.Report.Drive)).ShouldBe("Low High Low");
    }

    [Fact]
    public void An_error_in_a_callback_ends_the_vm()
    {
        var bench = Run("gpio.setup(7, function() error('no') end, 2)", (1, 7, PinHold.High));
        bench.Lines.ShouldContain(line => line.Contains("Lua VM exit", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("uart.setup(1, 115200) gpio.setup(18, 0)", "gpio.setup(18) takes the pad from UART 1")]
    [InlineData("i2c.setup(0) gpio.setup(15, 0)", "gpio.setup(15) takes the pad from I2C 0")]
    [InlineData("i2c.setup(1) gpio.setup(9, 0)", "gpio.setup(9) takes the pad from I2C 1")]
    [InlineData("mcu.iomux(mcu.I2C, 0, 1) i2c.setup(0) gpio.setup(12, 0)", "gpio.setup(12) takes the pad from I2C 0")]
    public void A_pad_that_a_line_uses_is_noticed(string lua, string notice) =>
        Run(lua).Notices.ShouldContain(text => text.StartsWith(notice + ";", StringComparison.Ordinal));

    [Theory]
    [InlineData("uart.setup(1, 115200) uart.close(1) gpio.setup(18, 0)")]
    [InlineData("i2c.setup(0) i2c.close(0) gpio.setup(15, 0)")]
    [InlineData("i2c.setup(0) gpio.setup(13, 0)")]
    [InlineData("gpio.setup(15, 0) i2c.setup(0)")]
    public void A_pad_that_is_free_is_not_noticed(string lua) => Run(lua).Notices.ShouldBeEmpty();
}
