using System.Text;
using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;

namespace AirHil.Rig.Tests.Network;

/// <summary>Clients of the rig at a module that listens, seen from the module and from the client.</summary>
public sealed class ModuleClientsTests
{
    private const int First = -1;
    private readonly AirWorld _world = new();

    [Fact]
    public void A_client_connects_in_three_ways_of_the_air_and_both_ends_send()
    {
        Move(ClientMove.Connect, 5000);
        Move(ClientMove.Send, bytes: "early");
        _world.Run(0.039);
        _world.Only<AirEvent.TcpArrived>().ShouldBe(new AirEvent.TcpArrived(First, 5000));
        _world.Do(new AirRequest.AcceptTcp(First));
        _world.Run(0.039);
        Saw().ShouldBe(["client.connected"]);
        _world.Run(0.039);
        _world.Only<AirEvent.TcpOpened>().Connection.ShouldBe(First);
        _world.Run(0.001);
        Text(First).ShouldBe("early");
        _world.Do(new AirRequest.SendTcp(First, "answer"u8.ToArray()));
        _world.Run(0.1);
        Encoding.ASCII.GetString(_world.Session.OfType<ClientSaw>().Last().Bytes.Span).ShouldBe("answer");
        _world.Only<AirEvent.TcpAcknowledged>().Bytes.ShouldBe(6);
        _world.Kinds.ShouldNotContain(kind => kind.StartsWith("tcp.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_that_does_not_listen_refuses()
    {
        Move(ClientMove.Connect, 5000);
        _world.Run(0.1);
        _world.Do(new AirRequest.CloseTcp(First, Abort: true));
        _world.Run(200);
        Saw().ShouldBe(["client.refused"]);
        _world.Seen.Count.ShouldBe(1, "no further SYN comes");
        Move(ClientMove.Send, bytes: "x");
        _world.Session[^1].Text.ShouldBe("no client is connected to the module");
    }

    [Theory]
    [InlineData(ClientMove.Close, false)]
    [InlineData(ClientMove.Reset, true)]
    public void The_client_ends_the_connection(ClientMove move, bool isReset)
    {
        Connect();
        Move(move);
        _world.Run(0.1);
        _world.Only<AirEvent.TcpClosed>().Reset.ShouldBe(isReset);
    }

    [Theory]
    [InlineData(false, "client.closed")]
    [InlineData(true, "client.lost")]
    public void The_module_ends_the_connection(bool abort, string sight)
    {
        Connect();
        _world.Do(new AirRequest.CloseTcp(First, abort));
        _world.Run(0.1);
        Saw().ShouldBe(["client.connected", sight]);
    }

    [Fact]
    public void A_module_out_of_reach_is_tried_seven_times()
    {
        _world.Begin(new BlackHole());
        Move(ClientMove.Connect, 5000);
        _world.Run(126);
        Saw().ShouldBeEmpty();
        _world.Run(2);
        Saw().ShouldBe(["client.lost"]);
        Move(ClientMove.Connect, 5000);
        _world.End(new BlackHole());
        _world.Run(1.1);
        _world.Seen.Select(seen => seen.Event).ShouldBe([new AirEvent.TcpArrived(-2, 5000)]);
    }

    [Fact]
    public void A_service_that_goes_down_takes_no_client_with_it()
    {
        Connect();
        _world.Begin(new RefuseConnections());
        _world.Run(1);
        Saw().ShouldBe(["client.connected"]);
        _world.Begin(new ResetConnections());
        _world.Run(1);
        Saw().ShouldBe(["client.connected", "client.lost"]);
    }

    private void Connect()
    {
        Move(ClientMove.Connect, 5000);
        _world.Run(0.1);
        _world.Do(new AirRequest.AcceptTcp(First));
        _world.Run(0.1);
        _world.Seen.Clear();
    }

    private void Move(ClientMove move, int port = 0, string bytes = "") => _world.Do(new NetworkInput.MoveClient(
        AirWorld.Modem, new ClientActed(_world.Now, move, port, Encoding.ASCII.GetBytes(bytes))));

    private string[] Saw() => [.. _world.Session.OfType<ClientSaw>().Select(e => e.Kind)];

    private string Text(int connection) => string.Concat(_world.Seen.Select(seen => seen.Event)
        .OfType<AirEvent.TcpReceived>().Where(e => e.Connection == connection)
        .Select(e => Encoding.ASCII.GetString(e.Bytes.Span)));
}
