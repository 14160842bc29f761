using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Tests.Service;

public sealed class ServiceUrlTests
{
    [Theory]
    [InlineData("ws://a.test", "ws", "a.test", 80, "/")]
    [InlineData("wss://A.test/x/y?z", "wss", "a.test", 443, "/x/y?z")]
    [InlineData("ws://a.test:8080/", "ws", "a.test", 8080, "/")]
    [InlineData("tcp://192.0.2.7:7", "tcp", "192.0.2.7", 7, "/")]
    [InlineData("udp://a.test:12425", "udp", "a.test", 12425, "/")]
    public void A_url_is_read(string text, string scheme, string host, int port, string path) =>
        ServiceUrl.Parse(text).ShouldBe(new ServiceUrl(scheme, host, port, path));

    [Theory]
    [InlineData("ws://a.test:80/x", "ws://a.test/x")]
    [InlineData("wss://a.test:80/x", "wss://a.test:80/x")]
    [InlineData("tcp://a.test:7", "tcp://a.test:7")]
    public void A_url_is_written_without_what_its_scheme_implies(string text, string written) =>
        ServiceUrl.Parse(text).ToString().ShouldBe(written);

    [Theory]
    [InlineData("a.test", "must begin with ws://")]
    [InlineData("gopher://a.test", "must begin with ws://")]
    [InlineData("tcp://a.test", "no port")]
    [InlineData("ws://a.test:99999", "no port")]
    [InlineData("ws:///x", "no host name")]
    public void A_mistake_is_told(string text, string message) =>
        Should.Throw<FormatException>(() => ServiceUrl.Parse(text)).Message.ShouldContain(message);

    [Fact]
    public void A_service_of_the_command_line_is_a_url_and_a_behaviour()
    {
        EndpointText.Parse("ws://a.test/x=echo")
            .ShouldBe(new Endpoint(ServiceUrl.Parse("ws://a.test/x"), new EchoFrames()));
        EndpointText.Parse("ws://a.test/x?k=v=echo").Url.Path.ShouldBe("/x?k=v");
        EndpointText.Parse("wss://a.test/=answers a=>b|c=>d").Behavior
            .ShouldBe(new Answers([new("a", "b"), new("c", "d")]));
        Should.Throw<FormatException>(() => EndpointText.Parse("ws://a.test/x")).Message.ShouldContain("URL=BEHAVIOUR");
        Should.Throw<FormatException>(() => EndpointText.Parse("ws://a.test/x=sing")).Message
            .ShouldContain("expected echo, airtun, silent");
    }

    [Fact]
    public void The_default_world_has_the_tutorials_hosts() =>
        DefaultWorld.Endpoints.Select(e => e.Url.ToString()).ShouldBe(
    [
        "ws://echo.airtun.air32.cn/ws/echo", "wss://echo.airtun.air32.cn/ws/echo", "ws://echo.airtun.air32.cn/ws/echo2",
        "wss://echo.airtun.air32.cn/ws/echo2", "udp://dev_msg1.openluat.com:12425",
        "ntp://ntp.aliyun.com", "ntp://ntp.ntsc.ac.cn", "ntp://time1.cloud.tencent.com",
    ]);
}
