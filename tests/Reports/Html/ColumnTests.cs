using AirHil.Reports.Html;

namespace AirHil.Reports.Tests.Html;

public sealed class ColumnTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(300, "AC02")]
    [InlineData(long.MaxValue, "FFFFFFFFFFFFFFFF7F")]
    public void Numbers_are_LEB128(long number, string hex) => Hex(column => column.Number(number)).ShouldBe(hex);

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-64, "7F")]
    [InlineData(64, "8001")]
    [InlineData(long.MinValue, "FFFFFFFFFFFFFFFFFF01")]
    public void Differences_are_short_whatever_their_sign(long number, string hex) =>
        Hex(column => column.Signed(number)).ShouldBe(hex);

    [Fact]
    public void An_offset_keeps_low_values_free() => Hex(column => column.Signed(0, 1)).ShouldBe("01");

    [Fact]
    public void A_text_has_its_length_in_bytes_before_it() =>
        Hex(column => column.Text("ä1")).ShouldBe("03C3A431");

    [Fact]
    public void It_grows_and_begins_again()
    {
        var column = new Column();
        for (var i = 0; i < 1_000; i++) column.Append("0123456789"u8);
        column.Length.ShouldBe(10_000);
        column.Clear();
        column.Byte(7);
        Bytes(column).ShouldBe([7]);
    }

    private static string Hex(Action<Column> write)
    {
        var column = new Column();
        write(column);
        return Convert.ToHexString(Bytes(column));
    }

    private static byte[] Bytes(Column column)
    {
        using var output = new MemoryStream();
        column.WriteTo(output);
        return output.ToArray();
    }
}
