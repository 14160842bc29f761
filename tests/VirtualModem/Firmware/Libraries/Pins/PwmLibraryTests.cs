namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Pins;

/// <summary><c>pwm</c> as its C code has it.</summary>
public sealed class PwmLibraryTests
{
    private static FakeBench Run(string script) =>
        new FakeBench(script + "\nwhile true do rtos.receive(-1) end").PowerOn().RunTo(1);

    private static string Seen(FakeBench bench) =>
        string.Join(" | ", bench.Pulses.Select(p => $"{p.Pin} {p.Hertz} {p.Duty} {p.Pulses}"));

    [Theory]
    [InlineData("pwm.open(4, 1000, 50)", "true", "27 1000 500 0")]
    [InlineData("pwm.open(0, 1000, 50)", "true", "23 1000 500 0")]
    [InlineData("pwm.open(12, 20000, 1)", "true", "16 20000 10 0")]
    [InlineData("pwm.open(24, 1000, 50)", "true", "18 1000 500 0")]
    [InlineData("pwm.open(31, 1000, 50)", "true", "15 1000 500 0")]
    [InlineData("pwm.open(4, 1000, 128, 0, 256)", "true", "27 1000 500 0")]
    [InlineData("pwm.open(4, 1000, 333, 7, 1000)", "true", "27 1000 333 7")]
    [InlineData("pwm.open(4, 1000, 50.9)", "true", "27 1000 500 0")]
    [InlineData("pwm.open(4, 1000, 0)", "true", "")]
    [InlineData("pwm.open(4, 1000, -5)", "true", "")]
    [InlineData("pwm.open(4, 1000, '50', '7', '1000')", "true", "27 1000 50 7")]
    [InlineData("pwm.open(4, '1000', 50, true, {})", "true", "27 1000 500 0")]
    [InlineData("pcall(pwm.open, 4, 1000, 50, 1.5)",
        "false,bad argument #4 to '?' (number has no integer representation)", "")]
    [InlineData("pcall(pwm.open, 4, 1000, {})", "false,bad argument #3 to '?' (number expected, got table)", "")]
    [InlineData("pcall(pwm.capture, 0)", "false,bad argument #2 to '?' (number expected, got no value)", "")]
    [InlineData("pwm.open(4, 1000, 150)", "true", "")]
    [InlineData("pwm.open(4, 1000)", "true", "")]
    [InlineData("pwm.open(3, 1000, 50)", "false", "")]
    [InlineData("pwm.open(5, 1000, 50)", "false", "")]
    [InlineData("pwm.open(40, 1000, 50)", "false", "")]
    [InlineData("pwm.open(4, 13000001, 50)", "false", "")]
    [InlineData("pwm.open(4, 1000, 50, 0, 50)", "false", "")]
    [InlineData("pwm.capture(0, 1000)", "false", "")]
    [InlineData("pwm.close(4)", "", "")]
    [InlineData("pwm.close(3)", "", "")]
    [InlineData("pwm.open(4, 1000, 50), pwm.open(4, 1000, 30)", "true,true", "27 1000 500 0 | 27 1000 300 0")]
    [InlineData("pwm.open(0, 1000, 50), pwm.open(10, 1000, 50)", "true,true", "23 1000 500 0")]
    [InlineData("pwm.open(0, 1000, 50), pwm.open(10, 2000, 50)", "true,true", "23 1000 500 0 | 23 2000 500 0")]
    [InlineData("pcall(pwm.open, 4, 0, 50)", "false,pwm.open: no line has 0 Hz (the module divides by zero)", "")]
    [InlineData("pcall(pwm.open, 4)", "false,bad argument #2 to '?' (number expected, got no value)", "")]
    public void A_call_returns_and_pulses(string expression, string expected, string seen)
    {
        var bench = Run(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))");
        bench.Line("is ").Text[3..].ShouldBe(expected);
        Seen(bench).ShouldBe(seen);
    }

    [Theory]
    [InlineData("pwm.open(4, 1000, 10, 5)", "Pulses Low")]
    [InlineData("pwm.open(4, 1000, 100)", "High")]
    [InlineData("pwm.open(4, 1000, 150)", "High")]
    [InlineData("pwm.open(4, 1000, 50) pwm.open(4, 1000, 0)", "Pulses Low")]
    [InlineData("pwm.open(4, 1000, 50) pwm.open(4, 1000, 150)", "Pulses Low")]
    [InlineData("pwm.open(4, 1000, 50) pwm.close(4) gpio.setup(27, 1)", "Pulses Low High")]
    [InlineData("pwm.open(4, 1000, 50) gpio.setup(27, nil)", "Pulses Input")]
    public void The_line_is_seen(string script, string seen) =>
        string.Join(' ', Run(script).Pins.Where(p => p.Report.Pin == 27).Select(p => p.Report.Drive)).ShouldBe(seen);
}
