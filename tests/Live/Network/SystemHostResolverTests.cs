using System.Net;
using AirHil.Live.Network;

namespace AirHil.Live.Tests.Network;

public sealed class SystemHostResolverTests
{
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task This_machine_is_found(string name) =>
        (await SystemHostResolver.Instance.Resolve(name, TestContext.Current.CancellationToken))
            .ShouldBe(IPAddress.Loopback);

    [Fact]
    public async Task What_can_be_no_name_has_no_address()
    {
        var name = new string('x', 300);
        (await SystemHostResolver.Instance.Resolve(name, TestContext.Current.CancellationToken)).ShouldBeNull();
    }
}
