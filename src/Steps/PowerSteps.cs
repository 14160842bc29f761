using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Observation;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Description("Supply, reset, and the module's state after its start.")]
public sealed class PowerSteps(BenchDriver driver)
{
    private static readonly TimeSpan ToScript = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ToAddress = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ToConnection = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(1050);

    [When("power is applied")]
    public async ValueTask WhenPowerIsApplied() => await driver.Act().ApplyPower();

    [Needs(Capability.Power)]
    [When("power is cut")]
    [Description("At once: the module logs nothing and saves nothing.")]
    public async ValueTask WhenPowerIsCut() => await driver.Act().CutPower();

    [Needs(Capability.Power)]
    [When("power is cut for {duration}")]
    [Description("The supply comes again by itself as time passes.")]
    public async ValueTask WhenPowerIsCutFor(TimeSpan duration) => await driver.Act().Do(new SwitchOff(duration));

    [When("the module is reset")]
    [Description("By its reset line.")]
    public async ValueTask WhenReset() => await driver.Act().PullReset();

    [Given("the module is running")]
    [Description("Switches power on and waits one second for the script to start.")]
    public async ValueTask GivenRunning()
    {
        await driver.RunTo<Moment.FirmwareVersion>(ToScript);
        await driver.Bench.RunFor(TimeSpan.FromSeconds(1));
    }

    [Given("the module has an address")]
    [Description("Switches power on and waits for IP_READY.")]
    public ValueTask GivenAddress() => driver.RunTo<Moment.IpReady>(ToAddress);

    [Given("the module is connected")]
    [Description("Switches power on and waits until the script gets conack.")]
    public async ValueTask GivenConnected()
    {
        await driver.RunTo<Moment.WebSocketReady>(ToConnection);
        await driver.Bench.RunOn(TimeSpan.FromMilliseconds(20));
    }

    [Given("the script has just polled")]
    [Description(
        "For scripts that poll once a second from conack on: a moment after a poll, so that what follows falls " +
        "into one second.")]
    public ValueTask GivenPolled() => driver.Bench.RunOn(Poll);

    [Then("within {duration} the module has an address")]
    public async ValueTask ThenAddress(TimeSpan within) =>
        await driver.Bench.Expect(Match.Moment<Moment.IpReady>(), within);

    [Then("within {duration} the module has lost its address")]
    public async ValueTask ThenNoAddress(TimeSpan within) =>
        await driver.Bench.Expect(Match.Moment<Moment.IpLost>(), within);

    [Then("within {duration} the module boots")]
    [Description("For any reason: the module's tick starts again.")]
    public async ValueTask ThenBoots(TimeSpan within) =>
        await driver.Bench.Expect(Match.Moment<Moment.Booted>(), within);

    [Then("after {duration} {tolerance} the module boots")]
    [Description("Counted from the last act or the last event that a step found.")]
    public async ValueTask ThenBootsAfter(TimeSpan after, Tolerance tolerance) =>
        await driver.Bench.ExpectAfter(Match.Moment<Moment.Booted>(), after, tolerance);

    [Then("after {duration} {tolerance} since {string} the module boots")]
    [Description("Counted from the last log line with this text.")]
    public async ValueTask ThenBootsSince(TimeSpan after, Tolerance tolerance, string since) =>
        await driver.ExpectAfterSince(Match.Moment<Moment.Booted>(), after, tolerance, since);

    [Then("the module does not reset for {duration}")]
    public ValueTask ThenNoReset(TimeSpan during) => driver.Bench.ExpectNot(Match.Moment<Moment.Booted>(), during);
}
