using AirHil.Modem.Messages;
using AirHil.Modem.Pins;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Pins;

/// <summary><c>sensor</c> and <c>ir</c> as their C code has them, with nothing at the pins.</summary>
public sealed class SensorLibraryTests
{
    [Theory]
    [InlineData("sensor.ds18b20(17)", "-1,false")]
    [InlineData("sensor.ds18b20(17, false)", "-1,false")]
    [InlineData("sensor.ds18b20(200)", "-1,false")] // A pin that is not there reads low.
    [InlineData("pcall(sensor.ds18b20)", "false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData("sensor.dht1x(17)", "0,0,false")]
    [InlineData("sensor.dht1x(17, true)", "0,0,false")]
    [InlineData("sensor.w1_reset(17)", "")]
    [InlineData("sensor.w1_connect(17)", "false")]
    [InlineData("sensor.w1_write(17), sensor.w1_write(17, 1, 300)", "nil")]
    [InlineData("sensor.w1_read(17, 3)", "255,255,255")]
    [InlineData("sensor.w1_read(17, 0)", "")]
    [InlineData("pcall(sensor.w1_read, 17, 9999)",
        "false,sensor.w1_read of 9999 bytes at once (V1112 crashes here)")]
    [InlineData("sensor.hx711(0, 7), sensor.cs1237(0, 7)", "167772,16777215")]
    [InlineData("sensor.sc12a(4, 7)", "-65536")]
    [InlineData("sensor.ws2812b(24, 'abc'), sensor.ws2812b(24, zbuff.create(3), 10, 0, 10, 0)", "nil")]
    [InlineData("sensor.ws2812b(99, 'abc')", "")]
    [InlineData("pcall(sensor.ws2812b, 24)", "false,sensor.ws2812b without data (V1112 crashes here)")]
    [InlineData("sensor.ws2812b_pwm(4, 'a'), sensor.ws2812b_pwm(4), sensor.ws2812b_pwm(3, 'a')", "nil,nil")]
    [InlineData("sensor.ws2812b_spi(0, 'a'), sensor.ws2812b_spi(0), sensor.ws2812b_spi(9, 'a')", "nil,nil")]
    [InlineData("ir.sendNEC(0, 0x11, 0x22), ir.sendNEC(99, 0x1122, 0x22, 1, true)", "nil")]
    [InlineData("pcall(ir.sendNEC, 0, 1)", "false,bad argument #3 to '?' (number expected, got no value)")]
    public void With_nothing_connected_a_call_returns(string expression, string expected) =>
        BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("sensor.ds18b20(17)", "I/sensor ds18b20 read fail")]
    [InlineData("sensor.ws2812b_pwm(3, 'a')", "W/sensor luat_pwm_setup ret -1, end of PWM output")]
    public void A_call_logs(string expression, string line) => BusBench.Run(expression).Lines.ShouldContain(line);

    [Fact]
    public void A_byte_goes_out_with_its_times()
    {
        var at = Times(BusBench.Run("sensor.w1_write(17, 1)"), 17);
        at[..4].ShouldBe([0, 2, 62, 122], 0.8); // The first bit is 1: 2 us low and 60 us high; then zeros.
    }

    [Fact]
    public void Spi_sends_eight_bytes_for_one() => Convert.ToHexString(
        BusBench.Run("sensor.ws2812b_spi(0, '\\x81')").Spi[^1].Sent.Span).ShouldBe("F8C0C0C0C0C0C0F8");

    [Fact]
    public void Lamps_on_a_pin_are_seen_as_pulses() => BusBench.Run("sensor.ws2812b(24, '\\x81\\0')").Pulses
        .ShouldHaveSingleItem().ShouldBe(new ModemReport.PinPulsed(24, 800_000, 371, 16));

    [Theory]
    [InlineData("ir.sendNEC(0, 0x11, 0x22, 0, true)", 34)]
    [InlineData("ir.sendNEC(0, 0x11, 0x22, 2, true)", 38)]
    public void A_remote_control_sends_marks(string expression, int marks) =>
        Times(BusBench.Run(expression), 0).Count.ShouldBe((marks * 2) + 1);

    [Fact]
    public void A_remote_control_makes_its_carrier()
    {
        var pulses = BusBench.Run("ir.sendNEC(0, 0x11, 0x22)").Pulses;
        pulses.Count.ShouldBe(34);
        pulses[0].ShouldBe(new ModemReport.PinPulsed(0, 40_000, 280, 375));
        pulses[1].ShouldBe(new ModemReport.PinPulsed(0, 41_667, 291, 23));
    }

    /// <summary>When the pin went low or high, in microseconds from the first time that it went low.</summary>
    private static List<double> Times(FakeBench bench, int pin)
    {
        var edges = bench.Pins.Where(p => p.Report.Pin == pin && p.Report.Drive is PinDrive.Low or PinDrive.High)
            .Where(p => p.Report.Pin == pin).ToList();
        var first = edges.FindIndex(p => p.Report.Drive == PinDrive.Low);
        return [.. edges[first..].Select(p => (p.At - edges[first].At).TotalMicroseconds)];
    }
}
