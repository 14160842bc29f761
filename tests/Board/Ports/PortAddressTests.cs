using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

public sealed class PortAddressTests
{
    [Theory]
    [InlineData("usb:1-2.3:2")]
    [InlineData("tcp://lab-pi:4001")]
    [InlineData("/dev/ttyUSB0")]
    [InlineData("COM7")]
    public void What_is_read_is_written_the_same(string text) =>
        PortAddress.Parse($" {text} ").ToString().ShouldBe(text);

    [Fact]
    public void Each_form_is_told_apart()
    {
        PortAddress.Parse("usb:3-1:6").ShouldBe(new PortAddress.Usb("3-1", 6));
        PortAddress.Parse("tcp://127.0.0.1:4001").ShouldBe(new PortAddress.Tcp("127.0.0.1", 4001));
        PortAddress.Parse("/dev/ttyACM0").ShouldBe(new PortAddress.Path("/dev/ttyACM0"));
    }

    [Theory]
    [InlineData("usb:1-2")]
    [InlineData("usb::2")]
    [InlineData("usb:1-2:log")]
    [InlineData("usb:1-2:99")]
    [InlineData("tcp://host")]
    [InlineData("tcp://host:0")]
    [InlineData("tcp://host:1/path")]
    [InlineData("")]
    public void What_is_none_is_refused(string text) => Should.Throw<FormatException>(() => PortAddress.Parse(text));
}
