using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Sessions;
using AirHil.Rig.Scenarios;
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

    [Needs(Capability.Cell)]
    [Given("the operator denies registration with cause {int}")]
    [When("the operator denies registration with cause {int}")]
    [Description("An EMM cause: 3, 6, 7 and 8 are for good, 11 to 15 for this network, others for a while.")]
    public ValueTask Denies(int cause) => driver.Begin(new DenyRegistration(Amount.EmmCause(cause)));

    [Needs(Capability.Cell)]
    [Given("the operator denies registration with cause {int} for {duration}")]
    [When("the operator denies registration with cause {int} for {duration}")]
    public ValueTask DeniesFor(int cause, TimeSpan duration) =>
        driver.Begin(new DenyRegistration(Amount.EmmCause(cause)), duration);

    [Needs(Capability.Cell)]
    [Given("registration takes {duration} longer")]
    public ValueTask Slow(TimeSpan by) => driver.Begin(new SlowRegistration(by));

    [Needs(Capability.Cell)]
    [Given("the module roams")]
    [When("the module roams")]
    [Description("From the next registration on.")]
    public ValueTask Roams() => driver.Begin(new Roam());

    [Needs(Capability.Cell)]
    [Given("a signal of RSRP {double}, RSRQ {double} and SNR {double}")]
    [When("the signal changes to RSRP {double}, RSRQ {double} and SNR {double}")]
    [Description("In dBm and dB, whole numbers.")]
    public ValueTask Signal(double rsrp, double rsrq, double snr) => driver.Begin(
        FaultPhrase.Parse(FormattableString.Invariant($"signal {rsrp} {rsrq} {snr}")).Fault);

    [Needs(Capability.Cell)]
    [When(
        "the signal fades from RSRP {double}, RSRQ {double} and SNR {double} to RSRP {double}, RSRQ {double} and " +
        "SNR {double} over {duration}")]
    [Description("By one decibel of the value that changes most at a time. It stays as it has become.")]
    public ValueTask Fades(
        double rsrp, double rsrq, double snr, double toRsrp, double toRsrq, double toSnr, TimeSpan over) =>
        driver.Begin(FaultPhrase.Parse(FormattableString.Invariant(
            $"fade {rsrp} {rsrq} {snr} to {toRsrp} {toRsrq} {toSnr} over {over.TotalMilliseconds}ms")).Fault);

    [Needs(Capability.FlightMode)]
    [When("the module enters flight mode")]
    [Description("As by mobile.flymode(0, true); its script learns it by IP_LOSE.")]
    public async ValueTask Enters() => await driver.Act().Do(new SetFlightMode(true));

    [Needs(Capability.FlightMode)]
    [When("the module leaves flight mode")]
    public async ValueTask Leaves() => await driver.Act().Do(new SetFlightMode(false));

    [Needs(Capability.FlightMode)]
    [Then("within {duration} the module is in flight mode")]
    public ValueTask IsInFlightMode(TimeSpan within) => FlightMode(within, true, "to be in flight mode");

    [Needs(Capability.FlightMode)]
    [Then("within {duration} the module is not in flight mode")]
    public ValueTask IsNotInFlightMode(TimeSpan within) => FlightMode(within, false, "not to be in flight mode");

    [Needs(Capability.Cell)]
    [Given("the cells:")]
    [When("the cells become:")]
    [Description(
        "What the module sees, the serving cell first, as mobile.getCellInfo has it: a table with the columns `cid`, " +
        "`tac`, `band`, `pci`, `rsrp`, and where wanted `rsrq`, `snr` and `earfcn`. A neighbour with the cid 0 is " +
        "one that the module did not read.")]
    public ValueTask Cells(DataTable cells) => driver.Begin(CellRows.Table(cells));

    [Needs(Capability.Cell)]
    [Description("One of the table of cells, whose others are its neighbours then, or another in place of the first.")]
    [When("the module moves to the cell {int} in the tracking area {int}")]
    public ValueTask Moves(int cell, int area) => driver.Begin(
        FaultPhrase.Parse(FormattableString.Invariant($"cell {cell} {area}")).Fault);

    /// <summary>A module starts without flight mode.</summary>
    private async ValueTask FlightMode(TimeSpan within, bool isOn, string what)
    {
        var last = driver.Bench.Events.LastOrDefault(e => e is FlightModeChanged or ModemStarted or ModemStopped);
        if (last is FlightModeChanged { IsOn: true } == isOn) return;
        await driver.Bench.Expect(
            Match.Where($"the module {what}", s => s.Event is FlightModeChanged changed && changed.IsOn == isOn),
            within);
    }
}
