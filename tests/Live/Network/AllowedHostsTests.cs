using AirHil.Live.Network;

namespace AirHil.Live.Tests.Network;

public sealed class AllowedHostsTests
{
    [Theory]
    [InlineData("a.test", true)]
    [InlineData("A.TEST.", true)]
    [InlineData("b.a.test", false)]
    [InlineData("x.lab.test", true)]
    [InlineData("x.y.lab.test", true)]
    [InlineData("lab.test", false)]
    [InlineData("evil-lab.test", false)]
    [InlineData("192.0.2.7", true)]
    public void Hosts_are_allowed_by_name_domain_or_address(string host, bool isAllowed)
    {
        var allowed = AllowedHosts.Of("a.test", "*.lab.test", "192.0.2.7");
        allowed.Contains(host).ShouldBe(isAllowed);
        AllowedHosts.All.Contains(host).ShouldBeTrue();
        AllowedHosts.None.Contains(host).ShouldBeFalse();
    }
}
