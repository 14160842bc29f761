using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class PinSensesTests
{
    [Theory]
    [InlineData(27, 1000, 250, null, true)]
    [InlineData(27, 1000, 250, 5, true)]
    [InlineData(27, 1000, 250, 4, false)]
    [InlineData(27, 1000, 251, null, false)]
    [InlineData(27, 999, 250, null, false)]
    [InlineData(26, 1000, 250, null, false)]
    public void Pulses_have_a_pin_a_frequency_a_duty_and_a_number(
        int pin, int hertz, int duty, int? pulses, bool matches) =>
        Sees(PinSenses.Pulses(pin, hertz, duty, pulses), new PinPulsed(default, 27, 1000, 250, 5)).ShouldBe(matches);

    [Theory]
    [InlineData(PinDrive.High, true, true)]
    [InlineData(PinDrive.PullUp, true, true)]
    [InlineData(PinDrive.Low, true, false)]
    [InlineData(PinDrive.Low, false, true)]
    [InlineData(PinDrive.Input, true, false)]
    [InlineData(PinDrive.Input, false, false)]
    [InlineData(PinDrive.Pulses, true, false)]
    public void A_level_is_that_of_what_the_module_does(PinDrive drive, bool high, bool matches)
    {
        Sees(PinSenses.Becomes(27, high), new PinDriven(default, 27, drive)).ShouldBe(matches);
        Sees(PinSenses.Becomes(26, high), new PinDriven(default, 27, drive)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("pwm.open(4, 1000, 50)", true)]
    [InlineData("pwm.open(4, 1000, 50, 9)", false)]
    [InlineData("pwm.open(4, 1000, 40)", false)]
    [InlineData("pwm.open(4, 500, 50)", false)]
    [InlineData("pwm.open(4, 1000, 50) pwm.close(4)", false)]
    public async Task What_pulses_a_pin_now_is_known(string script, bool pulses)
    {
        await using var bench = new Bench(new BenchOptions());
        bench.Firmware(FirmwareSource.FromText($"sys = require('sys') {script} sys.run()"));
        await bench.ApplyPower();
        await bench.RunFor(TimeSpan.FromSeconds(1));
        bench.IsPulsed(27, 1000, 500).ShouldBe(pulses);
    }

    private static bool Sees(Matcher matcher, SessionEvent e) => matcher.Begin().Feed(new Sighting(0, e), 0);
}
