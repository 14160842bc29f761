using AirHil.Modem.Air;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>TLS on a control: its codes, its heap, the task that stands still (reference-net §1.10, §7).</summary>
public sealed class TlsSessionTests
{
    private readonly StackBench _bench = new();
    private readonly StackBench.User _user;
    private readonly NetworkControl _control;

    public TlsSessionTests()
    {
        _bench.Stack.LinkChanged(true);
        _user = new StackBench.User(_bench);
        _control = _bench.Stack.Allocate(_user)!;
        _control.IsTcp = true;
    }

    [Theory]
    [InlineData("handshake failure", "0x7780, 2")] // K5
    [InlineData("the peer does not speak TLS", "0x7200, 2")] // K4
    [InlineData("the certificate is not for x.example", "0x2700, 3")] // K3
    public void The_line_of_a_failed_handshake_tells_the_code_and_the_step(string reason, string code)
    {
        Begin();
        _bench.Stack.Receive(new AirEvent.TlsFailed(1, reason));
        _bench.Log[^1].Text.ShouldBe($"network_state_shakehand 811:{code}");
        _user.Events[^1].Event.ShouldBe("Online/-1");
        _control.State.ShouldBe(ControlState.Handshake);
    }

    [Theory]
    [InlineData(false, false, true, "Online/0")] // K1
    [InlineData(true, true, true, "Online/0")]
    [InlineData(true, true, false, "Online/-1")] // K2: the clock says 2000
    [InlineData(true, false, true, "Online/-1")] // K10: who verifies needs an authority
    public void A_certificate_is_judged_where_it_is_asked_for(bool verifies, bool authority, bool clock, string told)
    {
        _bench.ClockIsSet = clock;
        _control.Tls.TurnOn(verifies);
        if (authority) _control.SetAuthorities(new PemCertificates(0, "PEM")).ShouldBeTrue();
        Begin();
        _bench.Stack.Receive(new AirEvent.TlsOpened(1));
        _user.Events[^1].Event.ShouldBe(told);
        _bench.Log.Any(line => line.Text == "network_state_shakehand 811:0x2700, 3")
            .ShouldBe(told == "Online/-1");
    }

    [Fact]
    public void A_connection_takes_36_kb_and_its_handshake_86()
    {
        var before = _bench.Heap.Used; // K8
        Begin();
        (_bench.Heap.Used - before).ShouldBeInRange(86_000, 87_500);
        _bench.Stack.Receive(new AirEvent.TlsOpened(1));
        (_bench.Heap.Used - before).ShouldBeInRange(35_800, 36_400);
        _control.Close();
        _bench.Heap.Used.ShouldBe(before);
    }

    [Theory]
    [InlineData(20_000, "network_state_connecting 751:0x7100, 0")]
    [InlineData(60_000, "network_state_shakehand 811:0x7f00, 2")]
    public void Without_heap_a_handshake_fails(int free, string line)
    {
        _bench.Heap.TryAllocate(_bench.Heap.Total - _bench.Heap.Used - free).ShouldBeTrue();
        Begin();
        _bench.Stack.Receive(new AirEvent.TlsOpened(1));
        _bench.Log.ShouldContain((0.08, line));
        _user.Events[0].Event.ShouldBe("Online/-1");
    }

    [Fact]
    public void The_task_stands_still_from_the_servers_answer_until_the_keys_are_made()
    {
        var user = new StackBench.User(_bench);
        var other = _bench.Stack.Allocate(user)!;
        other.Connect("203.0.113.8", 5000);
        _bench.RunTo(0);
        user.Events.Clear();
        Begin(); // the round trip is 80 ms, the hello leaves at 0.08 s
        _bench.RunTo(0.5);
        Datagram();
        _bench.RunTo(0.6); // it computes since 0.58 s: the server's key comes 0.5 s after the hello
        Datagram();
        _bench.RunTo(1.5);
        user.Events.ShouldBe([(0.5, "Event/0")]);
        _bench.RunTo(3);
        user.Events.ShouldBe([(0.5, "Event/0"), (2.216, "Event/0")]);
        _control.State.ShouldBe(ControlState.Handshake); // K6: the server says no more
    }

    [Fact]
    public void The_end_of_the_handshake_ends_the_computation()
    {
        Begin();
        _bench.RunTo(1);
        _bench.Stack.Receive(new AirEvent.TlsOpened(1));
        _bench.RunTo(1);
        _user.Events[^1].ShouldBe((1, "Online/0"));
        _bench.Stack.Task.IsComputing.ShouldBeFalse();
    }

    private void Datagram() => _bench.Stack.Receive(new AirEvent.UdpReceived(1, "203.0.113.8", 5000, new byte[1]));

    private void Begin()
    {
        if (!_control.Tls.IsOn) _control.Tls.TurnOn(verifies: false);
        _control.Connect("203.0.113.9", 443);
        _bench.RunTo(0.08);
        _bench.Stack.Receive(new AirEvent.TcpOpened(1));
    }
}
