using System.ComponentModel;
using AirHil.Modem;
using AirHil.Modem.Acts;
using AirHil.Modem.Buses;
using AirHil.Modem.Units;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Drivers;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps;

[Binding]
[Needs(Capability.Buses)]
[Description(
    "Devices on I2C and SPI of the module. The table of a device has the columns register and value, or to and " +
    "answer, all hexadecimal; rows of options name one in the first column: address bytes (1 or 2), value bytes (1 " +
    "to 4), auto-increment (on or off), read bits (of the first byte on SPI, 80). \"an I2C device at 0x44\" is on " +
    "I2C 0; a bus that the script drives by pins is \"I2C 5/4\" (clock and data) or \"SPI 11/9/10\" (clock, MOSI and " +
    "MISO).")]
public sealed class BusSteps(BenchDriver driver)
{
    [Given("an {i2c} with the registers:")]
    [Given("an {i2c} with the answers:")]
    [Given("an {i2c}:")]
    [Description("It stays connected over resets. Registers that the table does not name hold 0.")]
    public ValueTask I2cDevice(DeviceSpot spot, DataTable table) =>
        Tell(spot, new DeviceOrder.Has(DeviceRows.Table(table)));

    [Given("an {i2c} that answers {string} to {string}")]
    [Description("Hexadecimal; \"\" is a read that nothing was written for.")]
    public ValueTask I2cAnswers(DeviceSpot spot, string answer, string to) =>
        Tell(spot, new DeviceOrder.Has(DeviceRows.Answer(to, answer)));

    [Given("an {spi} with the registers:")]
    [Given("an {spi} with the answers:")]
    [Description("The number behind CS is the pin that selects it.")]
    public ValueTask SpiDevice(DeviceSpot spot, DataTable table) =>
        Tell(spot, new DeviceOrder.Has(DeviceRows.Table(table)));

    [Given("an {spi} that answers {string} to {string}")]
    [Description("Hexadecimal. The answer comes in the same frame, behind what it answers.")]
    public ValueTask SpiAnswers(DeviceSpot spot, string answer, string to) =>
        Tell(spot, new DeviceOrder.Has(DeviceRows.Answer(to, answer)));

    [When("register {string} of the {device} becomes {string}")]
    [Description("Both hexadecimal; more bytes than a value has go on in the next registers.")]
    public ValueTask Becomes(string register, DeviceSpot spot, string bytes) => Tell(
        spot, new DeviceOrder.Holds(DeviceRows.Register(register), Escapes.FromHex(bytes)));

    [When("the {device} stops answering")]
    public ValueTask Stops(DeviceSpot spot) => Tell(spot, new DeviceOrder.Silent());

    [When("the {device} answers again")]
    [Description("As at first: it refuses and holds nothing any more.")]
    public ValueTask AnswersAgain(DeviceSpot spot) => Tell(spot, new DeviceOrder.Answers());

    [When("the {device} is disconnected")]
    public ValueTask Disconnected(DeviceSpot spot) => Tell(spot, new DeviceOrder.Gone());

    [When("the {device} takes {int} byte(s) and no more")]
    [Description("Of each write on I2C; the next byte is not acknowledged.")]
    public ValueTask Takes(DeviceSpot spot, int bytes) => Tell(spot, new DeviceOrder.Refuses(bytes));

    [When("the {device} holds the clock for {duration}")]
    [Description("In each transaction on I2C from now on.")]
    public ValueTask HoldsClock(DeviceSpot spot, TimeSpan time) => Tell(spot, new DeviceOrder.Stretches(time));

    [Then("within {duration} the {device} receives {string}")]
    [Description("The bytes of one write that it acknowledges, hexadecimal, exactly; on SPI of one transfer to it.")]
    public async ValueTask Receives(TimeSpan within, DeviceSpot spot, string hex) =>
        await driver.Bench.Expect(driver.Bench.Receives(spot, Escapes.FromHex(hex)), within);

    [Then("the {device} receives nothing for {duration}")]
    public ValueTask ReceivesNothing(DeviceSpot spot, TimeSpan during) =>
        driver.Bench.ExpectNot(driver.Bench.Receives(spot, null), during);

    [Then("within {duration} the {device} is read")]
    public async ValueTask IsRead(TimeSpan within, DeviceSpot spot) =>
        await driver.Bench.Expect(BusSenses.IsRead(spot), within);

    [Then("register {string} of the {device} holds {string}")]
    [Description("Both hexadecimal.")]
    public void Holds(string register, DeviceSpot spot, string bytes) =>
        driver.Bench.ShouldHold(spot, DeviceRows.Register(register), Escapes.FromHex(bytes));

    private ValueTask Tell(DeviceSpot spot, DeviceOrder order) => driver.Act().Do(new TellDevice(spot, order));
}
