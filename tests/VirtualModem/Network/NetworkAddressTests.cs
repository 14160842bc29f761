using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>What lwIP takes for an address (ipaddr_aton).</summary>
public sealed class NetworkAddressTests
{
    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("0x7f.0.0.010", "127.0.0.8")]
    [InlineData("127.1", "127.0.0.1")]
    [InlineData("1.2.772", "1.2.3.4")]
    [InlineData("16909060", "1.2.3.4")]
    [InlineData("0", "0.0.0.0")]
    [InlineData("1.2.3.4 x", "1.2.3.4")]
    [InlineData("::1", "::1")]
    [InlineData("1.2.3.256", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("1.2.3.", null)]
    [InlineData("09.1.1.1", null)]
    [InlineData("", null)]
    [InlineData("x.example", null)]
    [InlineData("a:b:x", null)]
    public void An_address_is_read_as_lwip_reads_it(string text, string? expected) =>
        NetworkAddress.Parse(text).ShouldBe(expected);

    [Fact]
    public void A_number_is_an_address_in_network_order()
    {
        NetworkAddress.Dotted(0x04030201).ShouldBe("1.2.3.4");
        NetworkAddress.Bytes("1.2.3.4").ShouldBe([0, 1, 2, 3, 4]);
    }
}
