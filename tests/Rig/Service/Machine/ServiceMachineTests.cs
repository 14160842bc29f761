using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Rig.Tests.Service.Machine;

public sealed class ServiceMachineTests
{
    [Fact]
    public void Each_scheme_belongs_to_one_protocol() =>
        ProtocolTable.All.SelectMany(p => p.Schemes).Order(StringComparer.Ordinal)
            .ShouldBe(UrlScheme.All.Select(s => s.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Two_schemes_cannot_share_a_port() => Should.Throw<StepException>(() => Of(
        EndpointText.Parse("ws://a.test:9/x=echo"), EndpointText.Parse("wss://a.test:9/y=echo")));

    [Fact]
    public void A_ping_that_reaches_nobody_is_told()
    {
        var world = new ServiceWorld("ws://a.test=echo", "tcp://a.test:9=echo");
        world.Connect("a.test", 9);
        world.Do(new ServiceInput.SendPing(null, default));
        world.Session.OfType<NetworkNoticed>().ShouldHaveSingleItem().Notice.ShouldContain("it reached nobody");
    }

    private static ServiceMachine Of(params Endpoint[] endpoints) => new(endpoints, DateTimeOffset.UnixEpoch);
}
