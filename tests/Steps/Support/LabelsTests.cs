using AirHil.Modem.Messages;
using AirHil.Steps.Support;
using Reqnroll;

namespace AirHil.Steps.Tests.Support;

public sealed class LabelsTests
{
    [Fact]
    public void A_table_gives_the_numbers_of_a_module_and_of_a_card()
    {
        Labels.Module(Table(("serial number", "A-1"), ("unique id", "00112233445566778899"))).ShouldBe(
        [
            new ModuleLabel(ModuleNumber.SerialNumber, "A-1"),
            new ModuleLabel(ModuleNumber.UniqueId, "00112233445566778899"),
        ]);
        Labels.Card(Table(("PIN", "1234"), ("ICCID", "8986001234567890123"), ("number", "+8613800000000"))).ShouldBe(
            new SimCard(Pin: "1234", Iccid: "8986001234567890123", Number: "+8613800000000"));
    }

    [Theory]
    [InlineData("imei", "867713070000005", "'imei' is no field; there are: IMEI, serial number, MUID, unique id")]
    [InlineData("IMEI", "867713070000006", "its last digit is a check digit, and must be 5 behind 86771307000000")]
    [InlineData("MUID", "", "1 to 32 letters")]
    public void A_row_that_is_wrong_is_named(string field, string value, string why) =>
        Should.Throw<FormatException>(() => Labels.Module(Table((field, value)))).Message.ShouldContain(why);

    [Fact]
    public void A_field_comes_once_and_the_columns_have_their_names()
    {
        Should.Throw<FormatException>(() => Labels.Card(Table(("PIN", "1234"), ("PIN", "1234")))).Message
            .ShouldBe("the field 'PIN' comes twice");
        Should.Throw<FormatException>(() => Labels.Card(new DataTable("name", "value"))).Message
            .ShouldBe("the table needs the columns 'field' and 'value'");
    }

    private static DataTable Table(params (string Field, string Value)[] rows)
    {
        var table = new DataTable("field", "value");
        foreach (var (field, value) in rows) table.AddRow(field, value);
        return table;
    }
}
