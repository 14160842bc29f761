using AirHil.Rig.Network;

namespace AirHil.Rig.Tests.Network;

public sealed class HostTableTests
{
    [Fact]
    public void A_name_has_the_same_address_in_every_table()
    {
        var one = new HostTable();
        var other = new HostTable();
        other.Add("before.example");
        one.Add("Echo.airtun.air32.cn").ShouldBe(other.Add("echo.airtun.air32.cn"));
        one.AddressOf("ECHO.airtun.air32.cn").ShouldNotBeNull().ShouldMatch(@"^198\.1[89]\.\d+\.\d+$");
        one.NameOf(one.AddressOf("echo.airtun.air32.cn")!).ShouldBe("Echo.airtun.air32.cn");
    }

    [Fact]
    public void Addresses_are_never_shared()
    {
        var table = new HostTable();
        var addresses = Enumerable.Range(0, 5000).Select(i => table.Add($"host{i}.example")).ToHashSet();
        addresses.Count.ShouldBe(5000);
    }

    [Fact]
    public void A_host_named_by_its_address_keeps_it()
    {
        var table = new HostTable();
        table.Add("192.0.2.7").ShouldBe("192.0.2.7");
        table.AddressOf("nobody.example").ShouldBeNull();
        table.NameOf("192.0.2.8").ShouldBeNull();
    }
}
