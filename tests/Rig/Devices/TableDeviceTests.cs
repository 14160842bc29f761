using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Rig.Devices;

namespace AirHil.Rig.Tests.Devices;

public sealed class TableDeviceTests
{
    private static TableDevice Device(string table) => new(DeviceTable.Parse(table));

    private static string Read(IBusDevice device, string? written, int count) => Convert.ToHexString(
        device.Transfer(written is null ? null : Convert.FromHexString(written), count).Read.Span);

    [Theory]
    [InlineData("10:AABBCC", "10", 3, "AABBCC")] // The registers follow each other.
    [InlineData("10:AA 12:CC", "10", 4, "AA00CC00")]
    [InlineData("increment=off 10:AABB", "10", 3, "AAAAAA")]
    [InlineData("value=2 01:1234 02:5678", "01", 4, "12345678")]
    [InlineData("value=2 increment=off 01:1234", "01", 4, "12341234")]
    [InlineData("address=2 0102:61 0103:62", "0102", 2, "6162")]
    [InlineData("FF:AA 00:BB", "FF", 2, "AABB")] // Behind the last one the first one follows.
    [InlineData("2C06>6123", "2C06", 4, "6123FFFF")]
    [InlineData("2C06>6123 10:AA", "10", 1, "AA")]
    [InlineData(">1122", null, 2, "1122")]
    [InlineData("2C06>6123", null, 2, "0000")]
    public void A_read_gives(string table, string? written, int count, string expected) =>
        Read(Device(table), written, count).ShouldBe(expected);

    [Fact]
    public void What_was_written_before_says_where_a_read_begins()
    {
        var device = Device("10:AABBCC");
        device.Transfer(Convert.FromHexString("1011"), null).Taken.ShouldBe(2);
        Read(device, "10", 1).ShouldBe("11");
        Read(device, null, 2).ShouldBe("BBCC");
        device.Registers(0x10, 2).ShouldBe([0x11, 0xBB]);
    }

    [Fact]
    public void An_order_changes_what_it_does()
    {
        var device = Device("10:AA");
        device.Tell(new DeviceOrder.Refuses(1));
        device.Transfer(Convert.FromHexString("1001"), null).Taken.ShouldBe(1);
        device.Tell(new DeviceOrder.Silent());
        device.Transfer(new byte[] { 0x10 }, 1).Taken.ShouldBe(-1);
        device.Tell(new DeviceOrder.Stretches(TimeSpan.FromMilliseconds(3)));
        device.Tell(new DeviceOrder.Answers());
        device.Transfer(new byte[] { 0x10, 0x02 }, null).ShouldSatisfyAllConditions(
            answer => answer.Taken.ShouldBe(2), answer => answer.Held.ShouldBe(TimeSpan.Zero));
        device.Tell(new DeviceOrder.Holds(0x10, new byte[] { 0x33 }));
        Read(device, "10", 1).ShouldBe("33");
    }

    [Theory]
    [InlineData("9F>EF4018", "9F000000", "FFEF4018")]
    [InlineData("9F>EF 9F00>40", "9F0000", "FFEF40")] // The longer one wins where both fit.
    [InlineData("0F:33AA", "8F0000", "FF33AA")]
    [InlineData("read=01 0E:33", "0F00", "FF33")]
    [InlineData("0F:33", "0F0000", "FFFFFF")] // It is a write.
    [InlineData("9F>EF4018", "000000", "FFFFFF")]
    public void A_frame_of_SPI_gives(string table, string sent, string expected)
    {
        var devices = new BusDevices();
        var spot = new DeviceSpot.Spi("0", 8);
        devices.Tell(spot, new DeviceOrder.Has(DeviceTable.Parse(table))).ShouldBeNull();
        string Transfer() => Convert.ToHexString(
            ((BusAnswer.Spi)devices.Answer(new BusRequest.Spi("0", Convert.FromHexString(sent)))).Received.Span);

        Transfer().ShouldBe(new string('F', sent.Length), "it is not selected");
        devices.PinDriven(8, PinDrive.Low);
        Transfer().ShouldBe(expected);
        devices.PinDriven(8, PinDrive.High);
        devices.PinDriven(8, PinDrive.Low);
        Transfer().ShouldBe(expected, "a frame begins anew");
    }

    [Fact]
    public void Nobody_can_be_told_what_is_not_there()
    {
        var devices = new BusDevices();
        var spot = new DeviceSpot.I2c("0", 0x44);
        devices.Tell(spot, new DeviceOrder.Silent())!.ShouldContain("there is no device at i2c 0 0x44");
        devices.Tell(spot, new DeviceOrder.Gone())!.ShouldContain("there is no device");
        Should.Throw<InvalidOperationException>(() => devices.Registers(spot, 0, 1));
        devices.Answer(new BusRequest.I2c("0", 0x44, null, 1)).ShouldBe(new BusAnswer.I2c(-1, default));
    }
}
