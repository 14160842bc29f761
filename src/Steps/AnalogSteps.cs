using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Pins;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Analog)]
[Description("What the module measures: voltages and the temperature of the chip.")]
public sealed class AnalogSteps(BenchDriver driver)
{
    private const int RampSteps = 100;

    [Given("ADC {int} sees {double} V")]
    [When("ADC {int} sees {double} V")]
    [Description("ADC 0 or ADC 1.")]
    public async ValueTask AdcSees(int input, double volts) => await Set(Adc(input), volts);

    [When("ADC {int} goes from {double} V to {double} V over {duration}")]
    [Description("In a hundred steps. It stays as it has become.")]
    public void AdcGoes(int input, double from, double to, TimeSpan over) => Ramp(Adc(input), from, to, over);

    [When("the supply goes from {double} V to {double} V over {duration}")]
    [Description("In a hundred steps. It stays as it has become.")]
    public void SupplyGoes(double from, double to, TimeSpan over) => Ramp(AnalogInput.Supply, from, to, over);

    [Given("the supply is {double} V")]
    [When("the supply is {double} V")]
    [Description("As adc.CH_VBAT measures it. The module works with any value.")]
    public async ValueTask Supply(double volts) => await Set(AnalogInput.Supply, volts);

    [Given("the chip has {double} °C")]
    [When("the chip has {double} °C")]
    public async ValueTask Temperature(double degrees) => await Set(AnalogInput.Temperature, degrees);

    private static AnalogInput Adc(int input) => input switch
    {
        0 => AnalogInput.Adc0,
        1 => AnalogInput.Adc1,
        _ => throw new FormatException($"the module has ADC 0 and ADC 1, and no ADC {input}"),
    };

    private static SetAnalog Value(AnalogInput input, double value) =>
        value is >= AnalogRange.Least and <= AnalogRange.Most
            ? new SetAnalog(input, value)
            : throw new FormatException($"a value is from {AnalogRange.Least} to {AnalogRange.Most}, not {value}");

    private async ValueTask Set(AnalogInput input, double value) => await driver.Act().Do(Value(input, value));

    private void Ramp(AnalogInput input, double from, double to, TimeSpan over)
    {
        var bench = driver.Act();
        for (var i = 0; i <= RampSteps; i++)
        {
            var value = Math.Round(from + ((to - from) * i / RampSteps), 4);
            bench.Schedule(new ScheduledAct(bench.Now + (over * i / RampSteps), driver.Reached(Value(input, value))));
        }
    }
}
