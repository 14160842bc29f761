using AirHil.Modem.Sessions;
using AirHil.Steps.Support;

namespace AirHil.Steps.Tests.Support;

public sealed class DatagramPlaceTests
{
    [Theory]
    [InlineData("Cloud.example", "cloud.example", 7000, true)]
    [InlineData("cloud.example:7000", "cloud.example", 7000, true)]
    [InlineData("udp://cloud.example:7001", "cloud.example", 7000, false)]
    [InlineData("2001:db8::1", "2001:db8::1", 7000, true)]
    [InlineData("udp://2001:db8::1:7001", "2001:db8::1", 7000, false)]
    public void A_host_takes_all_its_datagrams_a_port_only_its_own(string place, string host, int port, bool takes) =>
        DatagramPlace.Parse(place).Takes(new DatagramIn(TimeSpan.Zero, new Connection(1, host, port), default))
            .ShouldBe(takes);

    [Fact]
    public void A_service_of_tcp_takes_none() => Should.Throw<FormatException>(
        () => DatagramPlace.Parse("tcp://cloud.example:7000")).Message.ShouldContain("takes no datagrams");
}
