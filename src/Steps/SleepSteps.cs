using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Sleep)]
[Description(
    "Sleep. USB is plugged in at first, and keeps a module awake that does not force its sleep. In a light sleep the " +
    "script goes on behind the wake-up; behind a deep one it starts again.")]
public sealed class SleepSteps(BenchDriver driver)
{
    [Given("USB is unplugged")]
    [When("USB is unplugged")]
    public async ValueTask Unplugged() => await driver.Act().Do(new PlugUsb(false));

    [Given("USB is plugged in")]
    [When("USB is plugged in")]
    public async ValueTask PluggedIn() => await driver.Act().Do(new PlugUsb(true));

    [Then("within {duration} the module sleeps")]
    [Description("It falls asleep in this time, lightly or deeply.")]
    public async ValueTask Sleeps(TimeSpan within) => await driver.Bench.Expect(
        SleepSenses.Changes("the module to fall asleep", mode => mode != SleepMode.Awake), within);

    [Then("within {duration} the module sleeps lightly")]
    public async ValueTask SleepsLightly(TimeSpan within) => await driver.Bench.Expect(
        SleepSenses.Changes("the module to fall asleep lightly", mode => mode == SleepMode.Light), within);

    [Then("within {duration} the module sleeps deeply")]
    [Description("The script ends: pm.DEEP, pm.HIB or pm.WORK_MODE 3.")]
    public async ValueTask SleepsDeeply(TimeSpan within) => await driver.Bench.Expect(
        SleepSenses.Changes("the module to fall asleep deeply", mode => mode > SleepMode.Light), within);

    [Then("within {duration} the module wakes up")]
    [Description("Out of a light sleep. Out of a deep one it boots.")]
    public async ValueTask WakesUp(TimeSpan within) => await driver.Bench.Expect(
        SleepSenses.Changes("the module to wake up", mode => mode == SleepMode.Awake), within);

    [Then("after {duration} {tolerance} the module wakes up")]
    [Description("Counted from the last act or the last event that a step found.")]
    public async ValueTask WakesUpAfter(TimeSpan after, Modem.Units.Tolerance tolerance) =>
        await driver.Bench.ExpectAfter(
            SleepSenses.Changes("the module to wake up", mode => mode == SleepMode.Awake), after, tolerance);

    [Then("within {duration} the module boots, woken by {string}")]
    [Description("By \"timer 3\", \"pin 32\", \"UART 1\" or \"the power key\".")]
    public async ValueTask BootsWoken(TimeSpan within, string source) => await driver.Bench.Expect(
        Match.Event(EventKinds.PoweredOn, $"the module to boot, woken by {source}",
            e => e is ModemStarted { Reason: StartReason.Wakeup } start && start.Cause == "wake-up by " + source),
        within);

    [Then("the module stays awake for {duration}")]
    public ValueTask StaysAwake(TimeSpan during) => driver.Bench.ExpectNot(
        SleepSenses.Changes("the module to fall asleep", mode => mode != SleepMode.Awake), during);

    [Then("within {duration} the module is kept awake by its {word}")]
    [Description("The script waits and has asked for sleep, but there is: usb, uart, radio or key.")]
    public async ValueTask KeptAwake(TimeSpan within, string vote)
    {
        if (!Enum.TryParse<WakeVote>(vote, ignoreCase: true, out var by) || !Enum.IsDefined(by))
        {
            throw new FormatException($"usb, uart, radio or key is expected, got: {vote}");
        }

        await driver.Bench.Expect(
            Match.Event(EventKinds.KeptAwake(by), $"the module to be kept awake by its {vote}"), within);
    }

    [Then("the module sleeps at least {double} % of {duration}")]
    [Description("Lets the time pass from now on. Light and deep sleeps count.")]
    public async ValueTask SleepsShare(double percent, TimeSpan during)
    {
        var from = driver.Bench.Now;
        var until = await driver.Bench.Observe(during);
        var share = SleepSenses.Share(driver.Bench, from, until) * 100;
        if (share < percent) throw new StepException(SleepSenses.Shortfall(driver.Bench, share, percent));
    }
}
