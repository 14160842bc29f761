using AirHil.Modem.Air;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>A control that listens (reference-net §1.8, luat_lwip_ec618.c:651-671 and 1085-1129).</summary>
public sealed class ListeningTests
{
    private readonly StackBench _bench = new();
    private readonly StackBench.User _user;
    private readonly NetworkControl _control;

    public ListeningTests()
    {
        _bench.Stack.LinkChanged(true);
        _user = new StackBench.User(_bench);
        _control = _bench.Stack.Allocate(_user)!;
        _control.IsTcp = true;
        _control.SetLocalPort(5000);
        _control.Listen().ShouldBe(NetworkReply.Pending);
        _bench.RunTo(0);
    }

    [Fact]
    public void A_client_is_accepted_and_on_line_once_it_acknowledges()
    {
        _control.State.ShouldBe(ControlState.Listening);
        _bench.Stack.Receive(new AirEvent.TcpArrived(-1, 5000));
        _bench.Sent.Single().Request.ShouldBe(new AirRequest.AcceptTcp(-1));
        _user.Events.ShouldBeEmpty();
        _bench.RunTo(0.1);
        _bench.Stack.Receive(new AirEvent.TcpOpened(-1));
        _control.State.ShouldBe(ControlState.Online);
        _bench.Stack.Receive(new AirEvent.TcpReceived(-1, "hi"u8.ToArray()));
        _control.Readable.ShouldBe(2);
        _control.Send("ok"u8.ToArray());
        _bench.Last<AirRequest.SendTcp>().Connection.ShouldBe(-1);
        _user.Events.Select(e => e.Event).ShouldBe(["Online/0", "Event/0"]);
    }

    [Theory]
    [InlineData(5001)]
    [InlineData(0)]
    public void Where_nobody_listens_the_client_is_reset(int port)
    {
        _bench.Stack.Receive(new AirEvent.TcpArrived(-1, port));
        _bench.Sent.Single().Request.ShouldBe(new AirRequest.CloseTcp(-1, Abort: true));
    }

    [Fact]
    public void After_a_close_nobody_listens_until_the_next_call()
    {
        Accept(-1);
        _bench.Stack.Receive(new AirEvent.TcpClosed(-1, Reset: false));
        _control.Disconnect().ShouldBe(NetworkReply.Pending);
        _bench.RunTo(1);
        _bench.Stack.Receive(new AirEvent.TcpArrived(-2, 5000));
        _bench.Sent[^1].Request.ShouldBe(new AirRequest.CloseTcp(-2, Abort: true));
        _control.Listen().ShouldBe(NetworkReply.Pending);
        _bench.RunTo(2);
        _bench.Stack.Receive(new AirEvent.TcpArrived(-3, 5000));
        _bench.Sent[^1].Request.ShouldBe(new AirRequest.AcceptTcp(-3));
    }

    [Fact]
    public void A_second_client_takes_the_place_of_the_first_whose_bytes_still_come()
    {
        Accept(-1);
        Accept(-2);
        _bench.Notices.Single().ShouldStartWith("A second client connects");
        _bench.Stack.Receive(new AirEvent.TcpReceived(-1, new byte[3]));
        _bench.Stack.Receive(new AirEvent.TcpReceived(-2, new byte[4]));
        _control.Readable.ShouldBe(7);
        _control.Send(new byte[1]);
        _bench.Last<AirRequest.SendTcp>().Connection.ShouldBe(-2);
        _control.Close();
        _bench.Sent.Select(sent => sent.Request).OfType<AirRequest.CloseTcp>().Single().Connection.ShouldBe(-2);
        _bench.Stack.Receive(new AirEvent.TcpReceived(-1, new byte[3]));
        _bench.Sent[^1].Request.ShouldBe(new AirRequest.CloseTcp(-1, Abort: true));
    }

    [Fact]
    public void An_idle_client_is_probed_after_two_hours()
    {
        Accept(-1);
        _bench.RunTo(7201);
        _bench.Last<AirRequest.ProbeTcp>().Connection.ShouldBe(-1);
    }

    private void Accept(int connection)
    {
        _bench.Stack.Receive(new AirEvent.TcpArrived(connection, 5000));
        _bench.Stack.Receive(new AirEvent.TcpOpened(connection));
    }
}
