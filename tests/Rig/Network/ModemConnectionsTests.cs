using AirHil.Rig.Network;

namespace AirHil.Rig.Tests.Network;

public sealed class ModemConnectionsTests
{
    private readonly ModemConnections<string> _connections = new();

    [Fact]
    public void A_modem_finds_its_own_connections()
    {
        _connections.Add("1", 7, "first");
        _connections.Find("1", 7).ShouldBe("first");
        _connections.Find("2", 7).ShouldBeNull();
        _connections.Find("1", 8).ShouldBeNull();
        _connections.ThrowIfTaken("2", 7);
        Should.Throw<ArgumentException>(() => _connections.ThrowIfTaken("1", 7))
            .Message.ShouldStartWith("Modem 1 opens connection 7 twice");
    }

    [Fact]
    public void The_end_of_an_earlier_connection_leaves_a_later_one_of_the_same_number()
    {
        _connections.Add("1", 7, "first");
        _connections.Remove("1", 7, "first");
        _connections.Add("1", 7, "second");
        _connections.Remove("1", 7, "first");
        _connections.Find("1", 7).ShouldBe("second");
    }
}
