using AirHil.Modem.Air;
using AirHil.VirtualModem.Network;
using AirHil.VirtualModem.Parameters;
using AirHil.VirtualModem.Registration;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>The sockets, the routes of what arrives, and the radio's delay (reference §2.9, §4.4).</summary>
public sealed class NetworkStackTests
{
    private readonly StackBench _bench = new();

    public static TheoryData<string, AirEvent, bool> Strays => new()
    {
        { "opened", new AirEvent.TcpOpened(7), true },
        { "received", new AirEvent.TcpReceived(7, new byte[1]), true },
        { "refused", new AirEvent.TcpRefused(7), false },
        { "tls opened", new AirEvent.TlsOpened(7), false },
        { "tls failed", new AirEvent.TlsFailed(7, "alert"), false },
        { "acknowledged", new AirEvent.TcpAcknowledged(7, 1), false },
        { "closed", new AirEvent.TcpClosed(7, Reset: false), false },
        { "datagram", new AirEvent.UdpReceived(7, "203.0.113.7", 1, new byte[1]), false },
        { "name", new AirEvent.HostResolved(7, "203.0.113.7"), false },
        { "no name", new AirEvent.HostNotFound(7), false },
    };

    [Fact]
    public void There_are_eight_sockets_and_a_freed_one_is_there_again()
    {
        var user = new StackBench.User(_bench);
        var controls = Enumerable.Range(0, 8).Select(_ => _bench.Stack.Allocate(user)!).ToList();
        controls.ShouldNotContain((NetworkControl)null!);
        _bench.Stack.Allocate(user).ShouldBeNull();
        _bench.Stack.Free(controls[3]);
        _bench.Stack.Allocate(user).ShouldNotBeNull();
    }

    [Theory]
    [MemberData(nameof(Strays))]
    public void What_belongs_to_no_socket_is_answered_as_any_stack_does(string what, AirEvent stray, bool reset)
    {
        _bench.Stack.LinkChanged(true);
        _bench.Stack.Receive(stray);
        _bench.Sent.Select(sent => sent.Request).ShouldBe(
            reset ? [new AirRequest.CloseTcp(7, Abort: true)] : [], what);
    }

    [Theory]
    [MemberData(nameof(Strays))]
    public void Without_a_link_nothing_is_heard(string what, AirEvent stray, bool reset)
    {
        _bench.Stack.Receive(stray);
        _bench.Sent.ShouldBeEmpty($"{what}, answered with a link: {reset}");
    }

    [Fact]
    public void Coverage_is_not_a_packet()
    {
        _bench.Stack.LinkChanged(true);
        Should.Throw<InvalidOperationException>(() => _bench.Stack.Receive(new AirEvent.CoverageChanged(true)));
    }

    [Fact]
    public void A_negative_answer_of_dns_changes_nothing()
    {
        _bench.Stack.LinkChanged(true);
        var answers = new List<string?>();
        _bench.Stack.Dns.Resolve("x.example", found => answers.Add(found.Count > 0 ? found[0] : null));
        _bench.Stack.Receive(new AirEvent.HostNotFound(1));
        _bench.RunTo(11.9);
        answers.ShouldBeEmpty();
        _bench.RunTo(12);
        answers.ShouldBe([null]);
    }

    [Fact]
    public void A_freed_socket_hears_nothing_more()
    {
        _bench.Stack.LinkChanged(true);
        var user = new StackBench.User(_bench);
        var control = _bench.Stack.Allocate(user)!;
        control.IsTcp = true;
        control.Connect("203.0.113.9", 80);
        _bench.Stack.Receive(new AirEvent.TcpOpened(1));
        _bench.Stack.Free(control);
        user.Events.Clear();
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[5]));
        _bench.Stack.LinkChanged(false);
        user.Events.ShouldBeEmpty();
    }

    [Fact]
    public void The_first_packet_out_of_idle_waits_for_the_radio_and_the_order_stays()
    {
        var rrc = new RrcMachine(new ModemParameters());
        _bench.Stack.Rrc = rrc;
        rrc.Connect(TimeSpan.Zero);
        _bench.Stack.LinkChanged(true);
        _bench.RunTo(20);
        _bench.Stack.Transmit(new AirRequest.OpenTcp(1, "203.0.113.9", 80));
        _bench.RunTo(20.1);
        _bench.Stack.Transmit(new AirRequest.OpenTcp(2, "203.0.113.9", 80));
        _bench.Sent.Select(sent => sent.At).ShouldBe([20.62, 20.62]);
    }

    [Fact]
    public void Downlink_out_of_idle_is_paged_and_arrives_in_order()
    {
        var rrc = new RrcMachine(new ModemParameters());
        _bench.Stack.Rrc = rrc;
        rrc.Connect(TimeSpan.Zero);
        _bench.Stack.LinkChanged(true);
        var user = new StackBench.User(_bench);
        var control = _bench.Stack.Allocate(user)!;
        control.IsTcp = true;
        control.Connect("203.0.113.9", 80);
        _bench.Stack.Receive(new AirEvent.TcpOpened(1));
        _bench.RunTo(15);
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[1]));
        _bench.RunTo(15.5);
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[2]));
        _bench.RunTo(30);
        user.Events.ShouldBe([(0, "Online/0"), (15.64, "Event/0"), (15.64, "Event/0")]);
    }

    [Fact]
    public void Sockets_take_turns()
    {
        _bench.Stack.LinkChanged(true);
        var control = _bench.Stack.Allocate(new StackBench.User(_bench))!;
        for (var i = 0; i < 10; i++)
        {
            control.Connect("203.0.113.9", 80);
            control.SocketId.ShouldBe(i % 8);
            control.Close();
        }
    }

    [Fact]
    public void A_local_port_that_another_control_has_or_had_is_refused()
    {
        var user = new StackBench.User(_bench);
        var control = _bench.Stack.Allocate(user)!;
        var other = _bench.Stack.Allocate(user)!;
        other.SetLocalPort(5000).ShouldBeTrue();
        control.SetLocalPort(5000).ShouldBeFalse();
        _bench.Stack.Free(other);
        control.SetLocalPort(5000).ShouldBeFalse();
        _bench.Stack.Allocate(user);
        control.SetLocalPort(5000).ShouldBeTrue();
        control.LocalPort.ShouldBe(5000);
    }

    [Fact]
    public void Without_a_free_socket_an_address_is_refused_and_a_name_fails()
    {
        var bench = new StackBench(new ModemParameters { StackSockets = 1 });
        bench.Stack.LinkChanged(true);
        var first = new StackBench.User(bench);
        var second = new StackBench.User(bench);
        bench.Stack.Allocate(first)!.Connect("203.0.113.9", 80).ShouldBe(NetworkReply.Pending);
        var control = bench.Stack.Allocate(second)!;
        control.Connect("203.0.113.9", 80).ShouldBe(NetworkReply.Failed);
        second.Events.ShouldBeEmpty();
        bench.Log.Take(9).Select(line => line.Text).ShouldBe(
        [
            .. Enumerable.Range(0, 8).Select(i => $"net_lwip_socket_clean 1553:{i},{(i == 0 ? 0 : -1)}"),
            "net_lwip_socket_clean 1557:0,1,1,1",
        ]);
        control.Connect("x.example", 80).ShouldBe(NetworkReply.Pending);
        bench.RunTo(0);
        bench.Stack.Dns.Resolved(bench.Last<AirRequest.ResolveHost>().Query, ["203.0.113.7"]);
        second.Events.ShouldBe([(0, "Online/-1")]);
    }
}
