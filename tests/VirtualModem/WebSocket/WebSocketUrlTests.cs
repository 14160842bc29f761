using AirHil.VirtualModem.WebSocket;

namespace AirHil.VirtualModem.Tests.WebSocket;

public class WebSocketUrlTests
{
    [Theory]
    [InlineData("ws://host/path", "host", 80, "/path", false)]
    [InlineData("wss://host/path?x=1", "host", 443, "/path?x=1", true)]
    [InlineData("wss://host:8443/p", "host", 8443, "/p", true)]
    [InlineData("ws://host", "host", 80, "/", false)]
    [InlineData("host/p", "host", 80, "/p", false)]
    [InlineData("WSS://host/p", "WSS", 80, "//host/p", false)]
    [InlineData("ws://h/p", "h/p", 80, "/", false)]
    public void A_url_is_taken_apart_as_the_firmware_does(string url, string host, int port, string path, bool tls) =>
        WebSocketUrl.Parse(url).ShouldBe(new WebSocketUrl(host, port, path, tls));

    [Fact]
    public void Parts_longer_than_the_firmwares_buffers_are_flagged()
    {
        WebSocketUrl.Parse("ws://" + new string('h', 191) + "/").OverflowsBuffers.ShouldBeFalse();
        WebSocketUrl.Parse("ws://" + new string('h', 192) + "/").OverflowsBuffers.ShouldBeTrue();
        WebSocketUrl.Parse("ws://host/" + new string('p', 255)).OverflowsBuffers.ShouldBeTrue();
    }
}
