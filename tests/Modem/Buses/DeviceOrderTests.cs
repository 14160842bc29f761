using AirHil.Modem.Buses;

namespace AirHil.Modem.Tests.Buses;

public sealed class DeviceOrderTests
{
    [Theory]
    [InlineData("i2c 0 0x44 has", "i2c 0 0x44 has")]
    [InlineData("i2c 1 104 has 75:68", "i2c 1 0x68 has 75:68")]
    [InlineData("i2c 5/4 0x50 has address=2 0102:61", "i2c 5/4 0x50 has address=2 102:61")]
    [InlineData("i2c 0 0x40 has value=2 increment=off 00:1A2b", "i2c 0 0x40 has value=2 increment=off 00:1A2B")]
    [InlineData("i2c 0 0x44 has 2c06>6123 >FF", "i2c 0 0x44 has 2C06>6123 >FF")]
    [InlineData("spi 0 8 has read=01 9F>EF4018", "spi 0 8 has read=01 9F>EF4018")]
    [InlineData("spi 0 8 holds 20 57 01", "spi 0 8 holds 20 5701")]
    [InlineData("i2c 0 0x44 silent", "i2c 0 0x44 silent")]
    [InlineData("i2c 0 0x44 answers", "i2c 0 0x44 answers")]
    [InlineData("i2c 0 0x44 refuses 3", "i2c 0 0x44 refuses 3")]
    [InlineData("i2c 0 0x44 stretches 30ms", "i2c 0 0x44 stretches 30ms")]
    [InlineData("i2c 0 0x44 gone", "i2c 0 0x44 gone")]
    public void A_phrase_is_read_and_written(string phrase, string written)
    {
        var (spot, behind) = DeviceSpot.Parse(phrase);
        var order = DeviceOrder.Parse(behind);
        $"{spot} {order}".ShouldBe(written);
        DeviceOrder.Parse(order.ToString()).ShouldBe(order);
        DeviceSpot.Parse(spot.ToString()).Spot.ShouldBe(spot);
    }

    [Theory]
    [InlineData("sleeps", "'sleeps' is nothing that a device does")]
    [InlineData("has 75", "'75' is no word of a device's table")]
    [InlineData("has address=3", "'3' is not a number of bytes from 1 to 2")]
    [InlineData("has 10:1", "'1' is not bytes in hexadecimal")]
    [InlineData("has value=2 10:1A2B3C", "register 0x10 has 3 bytes; a value has 2")]
    [InlineData("has increment=maybe", "'increment=maybe' is no word")]
    [InlineData("holds XX 00", "'0xXX' is not a register in hexadecimal")]
    [InlineData("refuses some", "'some' is not a number of bytes")]
    public void A_wrong_order_tells_what_is_wrong(string text, string expected) =>
        Should.Throw<FormatException>(() => DeviceOrder.Parse(text)).Message.ShouldContain(expected);

    [Theory]
    [InlineData("i2c 0 0x80 gone", "'0x80' is not an I2C address: a number from 0 to 127 (0x7F)")]
    [InlineData("can 0 1 gone", "'i2c BUS ADDRESS' or 'spi BUS PIN' is expected here")]
    [InlineData("spi 0", "'i2c BUS ADDRESS' or 'spi BUS PIN' is expected here")]
    public void A_wrong_place_tells_what_is_wrong(string text, string expected) =>
        Should.Throw<FormatException>(() => DeviceSpot.Parse(text)).Message.ShouldContain(expected);
}
