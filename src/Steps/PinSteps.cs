using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Pins;
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
    public ValueTask Goes(int pin, bool high) => Hold(pin, high);

    [When("pin {pin} goes {level} for {duration}")]
    [Description("Then the rig does with it what it did before.")]
    public ValueTask GoesFor(int pin, bool high, TimeSpan time) => Hold(pin, high, time);

    [When("pin {pin} is released")]
    [Description("The rig holds it no longer.")]
    public async ValueTask Released(int pin) => await driver.Act().Do(new HoldPin(pin, PinHold.Released));

    [When("pin {pin} bounces for {duration} and stays {level}")]
    [Description("It changes its level every millisecond, as a mechanical contact does.")]
    public async ValueTask Bounces(int pin, TimeSpan time, bool high)
    {
        var bench = driver.Act();
        var changes = Amount.Packets((int)Math.Min(time.TotalMilliseconds, int.MaxValue));
        // The last change ends at the level that stays.
        for (var i = changes % 2 == 0 ? 0 : 1; i < changes; i++)
        {
            await bench.Do(new HoldPin(pin, i % 2 == (changes % 2) ? Of(high) : Of(!high)));
            await bench.RunOn(TimeSpan.FromMilliseconds(1));
        }

        await bench.Do(new HoldPin(pin, Of(high)));
    }

    [When("the power key is pressed for {duration}")]
    public ValueTask KeyPressed(TimeSpan time) => Hold(ModulePin.PowerKey, high: false, time);

    [Then("within {duration} pin {pin} is {level}")]
    [Description("Now or within this time.")]
    public async ValueTask Is(TimeSpan within, int pin, bool high)
    {
        if (ModulePin.Level(driver.Bench.DriveOf(pin)) == high) return;
        await driver.Bench.Expect(PinSenses.Becomes(pin, high), within);
    }

    [Then("within {duration} pin {pin} goes {level}")]
    [Description("It changes to this level within this time.")]
    public async ValueTask ThenGoes(TimeSpan within, int pin, bool high) =>
        await driver.Bench.Expect(PinSenses.Becomes(pin, high), within);

    [Then("after {duration} {tolerance} pin {pin} goes {level}")]
    [Description("Counted from the last act or the last event that a step found.")]
    public async ValueTask GoesAfter(TimeSpan after, Tolerance tolerance, int pin, bool high) =>
        await driver.Bench.ExpectAfter(PinSenses.Becomes(pin, high), after, tolerance);

    [Then("pin {pin} stays {level} for {duration}")]
    public async ValueTask Stays(int pin, bool high, TimeSpan during)
    {
        await Is(TimeSpan.Zero, pin, high);
        await driver.Bench.ExpectNot(PinSenses.Becomes(pin, !high), during);
    }

    [Then("pin {pin} blinks with {duration} on and {duration} off {tolerance}")]
    [Description("Three times in a row, from the next time that it goes high.")]
    public async ValueTask Blinks(int pin, TimeSpan on, TimeSpan off, Tolerance tolerance)
    {
        await driver.Bench.Expect(PinSenses.Becomes(pin, high: true), (on + off) * 2);
        for (var i = 0; i < BlinksSeen; i++)
        {
            await driver.Bench.ExpectAfter(PinSenses.Becomes(pin, high: false), on, tolerance);
            await driver.Bench.ExpectAfter(PinSenses.Becomes(pin, high: true), off, tolerance);
        }
    }

    [Then("within {duration} pin {pin} is an input")]
    [Description("With or without a pull.")]
    public async ValueTask IsInput(TimeSpan within, int pin)
    {
        if (driver.Bench.DriveOf(pin) is PinDrive.Input or PinDrive.PullDown or PinDrive.PullUp) return;
        await driver.Bench.Expect(PinSenses.BecomesInput(pin), within);
    }

    [Then("within {duration} pin {pin} is an input with pull-up")]
    public ValueTask IsPulledUp(TimeSpan within, int pin) => IsExactly(within, pin, PinDrive.PullUp);

    [Then("within {duration} pin {pin} is an input with pull-down")]
    public ValueTask IsPulledDown(TimeSpan within, int pin) => IsExactly(within, pin, PinDrive.PullDown);

    private async ValueTask IsExactly(TimeSpan within, int pin, PinDrive drive)
    {
        if (driver.Bench.DriveOf(pin) == drive) return;
        await driver.Bench.Expect(PinSenses.Becomes(pin, drive), within);
    }

    private async ValueTask Hold(int pin, bool high, TimeSpan? time = null) =>
        await driver.Act().Do(new HoldPin(pin, Of(high), time));

    private static PinHold Of(bool high) => high ? PinHold.High : PinHold.Low;
}
