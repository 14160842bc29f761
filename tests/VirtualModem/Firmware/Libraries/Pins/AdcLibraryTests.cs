using System.Globalization;
using AirHil.Modem.Messages;
using AirHil.Modem.Pins;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Pins;

/// <summary><c>adc</c> as its C code has it.</summary>
public sealed class AdcLibraryTests
{
    private static string Eval(string expression, AnalogInput input = AnalogInput.Adc0, double? value = null)
    {
        var bench = new FakeBench(
            $"local r = table.pack({expression}) for i = 1, r.n do r[i] = tostring(r[i]) end " +
            "print('is ' .. table.concat(r, ','))\nwhile true do rtos.receive(-1) end");
        if (value is { } set) bench.At(0, new ModemCommand.SetAnalog(input, set));
        return bench.PowerOn().RunTo(1).Line("is ").Text[3..];
    }

    [Theory]
    [InlineData("adc.open(0)", "true")]
    [InlineData("adc.open(1)", "true")]
    [InlineData("adc.open(2)", "false")]
    [InlineData("adc.open(4)", "false")]
    [InlineData("adc.open(5)", "false")]
    [InlineData("adc.open(10)", "true")]
    [InlineData("adc.open(11)", "true")]
    [InlineData("adc.open(adc.CH_CPU)", "true")]
    [InlineData("adc.open(adc.CH_VBAT)", "true")]
    [InlineData("adc.get(0)", "-1")]
    [InlineData("adc.get(4)", "-1")]
    [InlineData("adc.read(4)", "255")]
    [InlineData("adc.close(0)", "")]
    [InlineData("adc.close(9)", "")]
    [InlineData("adc.setRange(99)", "")]
    [InlineData("adc.open(0), adc.close(0) or adc.get(0)", "true,-1")]
    [InlineData("pcall(adc.open)", "false,bad argument #1 to '?' (number expected, got no value)")]
    public void A_call_returns(string expression, string expected) => Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData("adc.open(-2) and adc.get(-2)", AnalogInput.Supply, 3.85, 3845, 3855)]
    [InlineData("adc.open(-1) and adc.get(-1)", AnalogInput.Temperature, 34.7, 34000, 34000)]
    [InlineData("adc.open(-1) and adc.get(-1)", AnalogInput.Temperature, -10.5, -10000, -10000)]
    [InlineData("adc.open(0) and adc.get(0)", AnalogInput.Adc0, 3.5, 3498, 3501)]
    [InlineData("adc.open(0) and adc.get(0)", AnalogInput.Adc0, 5, 3838, 3840)]
    [InlineData("adc.open(1) and adc.get(1)", AnalogInput.Adc1, 1.25, 1248, 1251)]
    [InlineData("adc.open(0) and adc.get(0)", AnalogInput.Adc0, -1, 0, 0)]
    [InlineData("adc.setRange(adc.ADC_RANGE_1_2) or adc.open(0) and adc.get(0)", AnalogInput.Adc0, 3, 1100, 1200)]
    [InlineData("adc.setRange(adc.ADC_RANGE_3_8) or adc.open(0) and adc.get(0)", AnalogInput.Adc0, 3.5, 3199, 3200)]
    [InlineData("adc.setRange(adc.ADC_RANGE_3_6) or adc.open(0) and adc.get(0)", AnalogInput.Adc0, 3, 1370, 1372)]
    [InlineData("adc.open(0) and (adc.setRange(0) or adc.get(0))", AnalogInput.Adc0, 3.2, 999, 1001)]
    public void A_reading_is_in_mV(string expression, AnalogInput input, double value, int least, int most) =>
        int.Parse(Eval(expression, input, value), CultureInfo.InvariantCulture).ShouldBeInRange(least, most);

    [Fact]
    public void The_raw_value_comes_first() => Eval("adc.open(0), adc.read(0)", value: 1.875)
        .ShouldBe("true,2000,1875");
}
