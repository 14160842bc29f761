using System.ComponentModel;
using System.Globalization;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Pins)]
[Description(
    "The pins by their GPIO numbers; 32 to 35 also as WAKEUP0, VBUS, USIM_DET and PWRKEY. A pin that the module does " +
    "not drive has the level of its pull.")]
public sealed class PinSteps(BenchDriver driver)
{
    private const int BlinksSeen = 3;

    [Given("pin {pin} is held {level}")]
    [When("pin {pin} goes {level}")]
    [Description("The rig holds the pin from now on.")]
    public ValueTask Goes(PinNumber pin, PinHold level) => Hold(pin, level);

    [When("pin {pin} goes {level} for {duration}")]
    [Description("Then the rig does with it what it did before.")]
    public ValueTask GoesFor(PinNumber pin, PinHold level, TimeSpan time) => Hold(pin, level, time);

    [When("pin {pin} is released")]
    [Description("The rig holds it no longer.")]
    public ValueTask Released(PinNumber pin) => Hold(pin, PinHold.Released);

    [When("pin {pin} bounces for {duration} and stays {level}")]
    [Description("It changes its level every millisecond, as a mechanical contact does.")]
    public async ValueTask Bounces(PinNumber pin, TimeSpan time, PinHold level)
    {
        driver.Held(pin, Other(level));
        driver.Held(pin, level);
        var bench = driver.Act();
        var changes = Amount.Packets((int)Math.Min(time.TotalMilliseconds, int.MaxValue));
        // The last change ends at the level that stays.
        for (var i = changes % 2 == 0 ? 0 : 1; i < changes; i++)
        {
            await bench.Do(new HoldPin(pin, i % 2 == (changes % 2) ? level : Other(level)));
            await bench.RunOn(TimeSpan.FromMilliseconds(1));
        }

        await bench.Do(new HoldPin(pin, level));
    }

    [When("the power key is pressed for {duration}")]
    public ValueTask KeyPressed(TimeSpan time) => Hold(new PinNumber(ModulePin.PowerKey), PinHold.Low, time);

    [Then("within {duration} pin {pin} is {level}")]
    [Description("Now or within this time.")]
    public async ValueTask Is(TimeSpan within, PinNumber pin, PinHold level)
    {
        if (ModulePin.Level(driver.Bench.DriveOf(driver.Seen(pin))) == IsHigh(level)) return;
        await driver.Bench.Expect(PinSenses.Becomes(pin, IsHigh(level)), within);
    }

    [Then("within {duration} pin {pin} goes {level}")]
    [Description("It changes to this level within this time.")]
    public async ValueTask ThenGoes(TimeSpan within, PinNumber pin, PinHold level) =>
        await driver.Bench.Expect(PinSenses.Becomes(driver.Seen(pin), IsHigh(level)), within);

    [Then("after {duration} {tolerance} pin {pin} goes {level}")]
    [Description("Counted from the last act or the last event that a step found.")]
    public async ValueTask GoesAfter(TimeSpan after, Tolerance tolerance, PinNumber pin, PinHold level) =>
        await driver.Bench.ExpectAfter(PinSenses.Becomes(driver.Seen(pin), IsHigh(level)), after, tolerance);

    [Then("pin {pin} stays {level} for {duration}")]
    public async ValueTask Stays(PinNumber pin, PinHold level, TimeSpan during)
    {
        if (ModulePin.Level(driver.Bench.DriveOf(driver.Seen(pin))) != IsHigh(level))
        {
            throw new StepException(
                $"expected pin {pin.Number} to stay {Word(level)}; it is {Word(Other(level))} already");
        }

        await driver.Bench.ExpectNot(PinSenses.Becomes(pin, !IsHigh(level)), during);
    }

    [Then("pin {pin} blinks with {duration} on and {duration} off {tolerance}")]
    [Description("Three times in a row, from the next time that it goes high.")]
    public async ValueTask Blinks(PinNumber pin, TimeSpan on, TimeSpan off, Tolerance tolerance)
    {
        await driver.Bench.Expect(PinSenses.Becomes(driver.Seen(pin), high: true), (on + off) * 2);
        for (var i = 0; i < BlinksSeen; i++)
        {
            await driver.Bench.ExpectAfter(PinSenses.Becomes(pin, high: false), on, tolerance);
            await driver.Bench.ExpectAfter(PinSenses.Becomes(pin, high: true), off, tolerance);
        }
    }

    [Needs(Capability.PinModes)]
    [Then("within {duration} pin {pin} is an input")]
    [Description("With or without a pull.")]
    public async ValueTask IsInput(TimeSpan within, PinNumber pin)
    {
        if (driver.Bench.DriveOf(pin) is PinDrive.Input or PinDrive.PullDown or PinDrive.PullUp) return;
        await driver.Bench.Expect(PinSenses.BecomesInput(pin), within);
    }

    [Needs(Capability.PinModes)]
    [Then("within {duration} pin {pin} is an input with pull-up")]
    public ValueTask IsPulledUp(TimeSpan within, PinNumber pin) => IsExactly(within, pin, PinDrive.PullUp);

    [Needs(Capability.PinModes)]
    [Then("within {duration} pin {pin} is an input with pull-down")]
    public ValueTask IsPulledDown(TimeSpan within, PinNumber pin) => IsExactly(within, pin, PinDrive.PullDown);

    [Needs(Capability.Pulses)]
    [Then("within {duration} pin {pin} shows {int} Hz with {double} % duty")]
    [Description(
        "Pulses of a timer (pwm), which may have begun before. The duty is the share of a period at which it is high.")]
    public async ValueTask Shows(TimeSpan within, PinNumber pin, int hertz, double percent)
    {
        if (driver.Bench.IsPulsed(pin, hertz, Thousandths(percent))) return;
        await driver.Bench.Expect(PinSenses.Pulses(pin, hertz, Thousandths(percent)), within);
    }

    [Needs(Capability.Pulses)]
    [Then("within {duration} pin {pin} shows {int} pulse(s) of {int} Hz with {double} % duty")]
    [Description("They begin within this time.")]
    public async ValueTask ShowsPulses(TimeSpan within, PinNumber pin, int pulses, int hertz, double percent) =>
        await driver.Bench.Expect(PinSenses.Pulses(pin, hertz, Thousandths(percent), pulses), within);

    [Needs(Capability.PinModes)]
    [Then("no pin is driven by two owners")]
    [Description(
        "Since the scenario's begin: the script did not take by gpio.setup a pad that a UART or I2C uses, and the " +
        "rig and the module did not drive one pin to different levels.")]
    public ValueTask NoneIsShared()
    {
        var shared = driver.Bench.Events.OfType<PinShared>().FirstOrDefault();
        if (shared is null) return ValueTask.CompletedTask;
        throw new StepException(string.Create(
            CultureInfo.InvariantCulture,
            $"expected no pin with two owners; from {shared.At.TotalSeconds:0.######} s on pin {shared.Pin} is " +
            $"driven by {shared.First} and {shared.Second}"));
    }

    private static int Thousandths(double percent) => (int)Math.Round(percent * 10);

    private async ValueTask IsExactly(TimeSpan within, PinNumber pin, PinDrive drive)
    {
        if (driver.Bench.DriveOf(pin) == drive) return;
        await driver.Bench.Expect(PinSenses.Becomes(pin, drive), within);
    }

    private async ValueTask Hold(PinNumber pin, PinHold level, TimeSpan? time = null) =>
        await driver.Act().Do(new HoldPin(driver.Held(pin, level), level, time));

    private static bool IsHigh(PinHold level) => level == PinHold.High;

    private static string Word(PinHold level) => IsHigh(level) ? "high" : "low";

    private static PinHold Other(PinHold level) => IsHigh(level) ? PinHold.Low : PinHold.High;
}
