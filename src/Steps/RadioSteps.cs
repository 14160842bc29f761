using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Radio)]
[Description(
    "The SIM card, the cell and the registration. A card that is changed is noticed when the radio starts again, or " +
    "by mobile.setAuto. Without \"for\" a state of the network lasts to the end of the scenario.")]
public sealed class RadioSteps(BenchDriver driver)
{
    [Needs(Capability.Sim)]
    [Given("no SIM card")]
    [When("the SIM card is removed")]
    public async ValueTask NoCard() => await driver.Act().Do(new ChangeSim(null));

    [Needs(Capability.Sim)]
    [When("a SIM card is inserted")]
    public async ValueTask CardInserted() => await driver.Act().Do(new ChangeSim(new SimCard()));

    [Needs(Capability.Sim)]
    [Given("a SIM card with the PIN {string}")]
    [When("a SIM card with the PIN {string} is inserted")]
    public async ValueTask CardWithPin(string pin) =>
        await driver.Act().Do(new ChangeSim(new SimCard(Pin: SimCard.CheckedPin(pin))));

    [Needs(Capability.Sim)]
    [Given("a SIM card of {string}")]
    [When("a SIM card of {string} is inserted")]
    [Description("The IMSI, 15 digits.")]
    public async ValueTask CardOf(string imsi) =>
        await driver.Act().Do(new ChangeSim(new SimCard(SimCard.CheckedImsi(imsi))));

    [Needs(Capability.Sim)]
    [Given("a SIM card with:")]
    [When("a SIM card is inserted with:")]
    [Description("A table with the columns `field` and `value`: IMSI, ICCID, number (that is written on it), PIN.")]
    public async ValueTask CardWith(DataTable fields) => await driver.Act().Do(new ChangeSim(Labels.Card(fields)));

    [Given("the operator denies registration with cause {int}")]
    [When("the operator denies registration with cause {int}")]
    [Description("An EMM cause: 3, 6, 7 and 8 are for good, 11 to 15 for this network, others for a while.")]
    public ValueTask Denies(int cause) => driver.Begin(new DenyRegistration(Amount.EmmCause(cause)));

    [Given("the operator denies registration with cause {int} for {duration}")]
    [When("the operator denies registration with cause {int} for {duration}")]
    public ValueTask DeniesFor(int cause, TimeSpan duration) =>
        driver.Begin(new DenyRegistration(Amount.EmmCause(cause)), duration);

    [Given("registration takes {duration} longer")]
    public ValueTask Slow(TimeSpan by) => driver.Begin(new SlowRegistration(by));

    [Given("the module roams")]
    [When("the module roams")]
    [Description("From the next registration on.")]
    public ValueTask Roams() => driver.Begin(new Roam());

    [Given("a signal of RSRP {double}, RSRQ {double} and SNR {double}")]
    [When("the signal changes to RSRP {double}, RSRQ {double} and SNR {double}")]
    [Description("In dBm and dB, whole numbers.")]
    public ValueTask Signal(double rsrp, double rsrq, double snr) => driver.Begin(
        FaultPhrase.Parse(FormattableString.Invariant($"signal {rsrp} {rsrq} {snr}")).Fault);

    [When(
        "the signal fades from RSRP {double}, RSRQ {double} and SNR {double} to RSRP {double}, RSRQ {double} and " +
        "SNR {double} over {duration}")]
    [Description("By one decibel of the value that changes most at a time. It stays as it has become.")]
    public ValueTask Fades(
        double rsrp, double rsrq, double snr, double toRsrp, double toRsrq, double toSnr, TimeSpan over) =>
        driver.Begin(FaultPhrase.Parse(FormattableString.Invariant(
            $"fade {rsrp} {rsrq} {snr} to {toRsrp} {toRsrq} {toSnr} over {over.TotalMilliseconds}ms")).Fault);

    [When("the module moves to the cell {int} in the tracking area {int}")]
    public ValueTask Moves(int cell, int area) => driver.Begin(
        FaultPhrase.Parse(FormattableString.Invariant($"cell {cell} {area}")).Fault);
}
