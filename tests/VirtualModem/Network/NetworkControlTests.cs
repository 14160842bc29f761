using AirHil.Modem.Air;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>One socket: every state with every input, and its times (reference-net §1.5 to §1.7).</summary>
public sealed class NetworkControlTests
{
    /// <summary>
    /// A column for each state. A dot: ignored; "throws": a bug of the caller; a state: it goes there; else what its
    /// user is told. After a failure or a forced close the state stays until the next connect (reference-net §1.5).
    /// </summary>
    private const string Table = """
        input         Off       WaitLink  Resolving TcpConnecting TlsHandshake Online        Disconnecting
        connect       Resolving .         .         .             .            .             .
        send          .         .         .         .             .            .             .
        close         .         .         .         .             .            .             .
        disconnect    .         Off       Off       Off           Off          Disconnecting Off
        link-up       .         Resolving .         .             .            .             .
        link-down     .         .         failed    failed        failed       failed        failed
        tcp-opened    throws    throws    throws    TlsHandshake  throws       throws        throws
        tls-opened    throws    throws    throws    throws        Online       throws        throws
        tcp-received  throws    throws    throws    throws        .            received      throws
        udp-received  throws    throws    throws    throws        throws       received      throws
        acknowledged  throws    throws    throws    throws        .            .             throws
        refused       throws    throws    throws    failed        throws       throws        throws
        tls-failed    throws    throws    throws    throws        failed       throws        throws
        closed-fin    throws    throws    throws    failed        failed       failed        throws
        closed-rst    throws    throws    throws    failed        failed       failed        throws
        """;

    private readonly StackBench _bench = new();
    private readonly StackBench.User _user;
    private readonly NetworkControl _control;

    public NetworkControlTests()
    {
        _user = new StackBench.User(_bench);
        _control = _bench.Stack.Allocate(_user)!;
        _control.Disconnect(); // it was used before
    }

    public static TheoryData<string, string, string> Pairs
    {
        get
        {
            var lines = Table.Split('\n')
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            var pairs = new TheoryData<string, string, string>();
            foreach (var line in lines.Skip(1))
            {
                for (var i = 1; i < line.Length; i++) pairs.Add(lines[0][i].Trim(), line[0], line[i].Trim());
            }

            return pairs;
        }
    }

    [Fact]
    public void The_table_has_every_state() =>
        Table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(name => name.Trim())
            .ShouldBe(Enum.GetNames<ControlState>());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_state_and_input_has_its_effect(string state, string input, string effect)
    {
        Reach(Enum.Parse<ControlState>(state));
        _user.Events.Clear();
        if (effect == "throws")
        {
            Should.Throw<InvalidOperationException>(() => Give(input)).Message.ShouldContain(state);
            return;
        }

        Give(input);
        var told = _user.Events.Select(e => e.Event.Split(' ')[0]).ToList();
        if (Enum.TryParse<ControlState>(effect, out var next))
        {
            _control.State.ShouldBe(next);
            told.ShouldBe(next == ControlState.Online && input != "connect" ? ["connected"] : []);
            return;
        }

        _control.State.ToString().ShouldBe(state);
        told.ShouldBe(effect == "." ? [] : [effect]);
    }

    [Fact]
    public void Without_tls_the_open_connection_is_usable_at_once()
    {
        Reach(ControlState.TcpConnecting, tls: false);
        _control.Handle(new AirEvent.TcpOpened(1));
        (_control.State, _user.Events[^1].Event).ShouldBe((ControlState.Online, "connected"));
    }

    [Fact]
    public void An_address_is_not_looked_up()
    {
        _bench.Link.GoUp();
        _control.Connect("203.0.113.9", 80, tls: false, udp: false);
        _bench.Sent.ShouldBe([(0, new AirRequest.OpenTcp(1, "203.0.113.9", 80))]);
    }

    [Fact]
    public void A_udp_socket_is_usable_without_an_answer_and_sends_as_it_is_told()
    {
        _bench.Link.GoUp();
        _control.Connect("203.0.113.9", 123, tls: false, udp: true);
        _user.Events.ShouldBe([(0, "connected")]);
        _control.Send(new byte[48]).ShouldBeTrue();
        (_bench.Last<AirRequest.SendUdp>().Bytes.Length, _control.Unacknowledged).ShouldBe((48, 0));
        _control.Close();
        _bench.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public void A_name_that_is_not_found_fails_after_twelve_seconds()
    {
        Reach(ControlState.Resolving);
        _bench.RunTo(60);
        _user.Events.ShouldBe([(12, "failed")]);
    }

    [Fact]
    public void A_syn_without_answer_fails_after_eighteen_seconds()
    {
        Reach(ControlState.TcpConnecting);
        _bench.RunTo(60);
        _user.Events.ShouldBe([(18, "failed")]);
    }

    [Fact]
    public void A_handshake_without_answer_waits_for_ever()
    {
        Reach(ControlState.TlsHandshake);
        _bench.RunTo(86_400);
        _user.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Unacknowledged_data_is_given_up_600_s_after_the_last_acknowledgement()
    {
        Reach(ControlState.Online);
        _user.Events.Clear();
        _control.Send(new byte[100]);
        _bench.RunTo(500);
        _control.Handle(new AirEvent.TcpAcknowledged(1, 40));
        _control.Unacknowledged.ShouldBe(60);
        _bench.RunTo(2000);
        _user.Events.ShouldBe([(1100, "failed")]);
    }

    [Fact]
    public void The_last_acknowledgement_is_told_once_and_stops_the_timer()
    {
        Reach(ControlState.Online);
        _user.Events.Clear();
        _control.Send(new byte[10]);
        _control.Send(new byte[20]);
        _control.Handle(new AirEvent.TcpAcknowledged(1, 10));
        _control.Handle(new AirEvent.TcpAcknowledged(1, 25));
        _control.Handle(new AirEvent.TcpAcknowledged(1, 5));
        _bench.RunTo(2000);
        _user.Events.ShouldBe([(0, "acknowledged")]);
    }

    [Fact]
    public void The_heap_holds_what_is_not_acknowledged_and_is_the_only_limit()
    {
        Reach(ControlState.Online);
        var before = _bench.Heap.Used;
        _control.Send(new byte[100_000]).ShouldBeTrue(); // more than lwIP's send buffer of 26,800
        (_bench.Heap.Used - before).ShouldBeInRange(100_000, 103_000);
        _control.Handle(new AirEvent.TcpAcknowledged(1, 8_040 + 10));
        (_bench.Heap.Used - before).ShouldBeInRange(91_960, 95_000);
        _control.Send(new byte[200_000]).ShouldBeFalse();
        _control.Close();
        _bench.Heap.Used.ShouldBe(before);
    }

    [Fact]
    public void An_acknowledgement_after_new_data_is_not_told()
    {
        Reach(ControlState.Online);
        _control.Send(new byte[10]);
        Give("tcp-received");
        _user.Events.Clear();
        _control.Handle(new AirEvent.TcpAcknowledged(1, 10));
        _user.Events.ShouldBeEmpty();
        _control.Send(new byte[10]);
        _control.Handle(new AirEvent.TcpAcknowledged(1, 10));
        _user.Events.Select(e => e.Event).ShouldBe(["acknowledged"]);
    }

    [Fact]
    public void A_segment_is_told_at_a_time()
    {
        Reach(ControlState.Online);
        _user.Events.Clear();
        _control.Handle(new AirEvent.TcpReceived(1, new byte[3000]));
        _user.Events.Select(e => e.Event).ShouldBe(["received 1340", "received 1340", "received 320"]);
    }

    [Theory]
    [InlineData("Resolving", "link-down link-up")]
    [InlineData("TcpConnecting", "link-down link-up")]
    [InlineData("TlsHandshake", "link-down link-up")]
    [InlineData("Online", "link-down")]
    [InlineData("Off", "")]
    public void A_closed_control_still_fails_when_the_link_changes(string state, string changes)
    {
        Reach(Enum.Parse<ControlState>(state));
        _control.Close();
        _user.Events.Clear();
        _bench.Link.GoDown();
        _control.Close();
        var told = _user.Events.Count;
        _bench.Link.GoUp();
        told.ShouldBe(changes.Contains("link-down", StringComparison.Ordinal) ? 1 : 0);
        (_user.Events.Count - told).ShouldBe(changes.Contains("link-up", StringComparison.Ordinal) ? 1 : 0);
        _user.Events.ShouldAllBe(e => e.Event == "failed");
    }

    [Fact]
    public void A_control_that_was_never_asked_for_anything_is_told_of_every_change_of_the_link()
    {
        var user = new StackBench.User(_bench);
        _bench.Stack.Allocate(user);
        _bench.Link.GoUp();
        _bench.Link.GoDown();
        user.Events.ShouldBe([(0, "not-online"), (0, "not-online")]);
        _user.Events.ShouldBeEmpty();
    }

    [Fact]
    public void A_connection_that_ends_in_order_is_gone_3_ms_later()
    {
        Reach(ControlState.Online);
        _user.Events.Clear();
        _control.Disconnect();
        _bench.Last<AirRequest.CloseTcp>().ShouldBe(new AirRequest.CloseTcp(1, Abort: false));
        _control.Connect("y.example", 1, tls: false, udp: false).ShouldBeFalse();
        _bench.RunTo(1);
        _user.Events.ShouldBe([(0.003, "not-online")]);
        (_control.State, _control.Number).ShouldBe((ControlState.Off, 0));
    }

    [Fact]
    public void Without_a_free_socket_an_address_is_refused_and_a_name_fails()
    {
        var bench = new StackBench(new VirtualModem.Parameters.ModemParameters { StackSockets = 1 });
        bench.Link.GoUp();
        var first = new StackBench.User(bench);
        var second = new StackBench.User(bench);
        bench.Stack.Allocate(first)!.Connect("203.0.113.9", 80, tls: false, udp: false).ShouldBeTrue();
        var control = bench.Stack.Allocate(second)!;
        control.Connect("203.0.113.9", 80, tls: false, udp: false).ShouldBeFalse();
        second.Events.ShouldBeEmpty();
        control.Connect("x.example", 80, tls: false, udp: false).ShouldBeTrue();
        bench.Stack.Dns.Resolved(bench.Last<AirRequest.ResolveHost>().Query, "203.0.113.7");
        second.Events.ShouldBe([(0, "failed")]);
    }

    [Theory]
    [InlineData("", true)] // the module closes by itself
    [InlineData("closed-fin", true)] // the peer waits for our side
    [InlineData("closed-rst", false)] // there is no peer any more
    [InlineData("link-lost", false)] // nothing leaves; the peer keeps a half-open connection
    public void A_close_is_told_to_a_peer_that_can_hear_it(string before, bool told)
    {
        Reach(ControlState.Online);
        if (before == "link-lost") _bench.Link.GoDown();
        else if (before.Length > 0) Give(before);
        _control.Close();
        _bench.Sent.Select(sent => sent.Request).OfType<AirRequest.CloseTcp>()
            .ShouldBe(told ? [new AirRequest.CloseTcp(1, Abort: true)] : []);
        _control.Number.ShouldBe(0);
    }

    [Fact]
    public void A_new_connection_has_a_new_number()
    {
        Reach(ControlState.Online);
        _control.Close();
        Reach(ControlState.TcpConnecting);
        _control.Number.ShouldBe(2);
    }

    private void Reach(ControlState state, bool tls = true)
    {
        if (state != ControlState.WaitLink) _bench.Link.GoUp();
        if (state == ControlState.Off) return;
        _control.Connect("x.example", 443, tls, udp: false).ShouldBeTrue();
        if (state > ControlState.Resolving)
        {
            _bench.Stack.Dns.Resolved(_bench.Last<AirRequest.ResolveHost>().Query, "203.0.113.7");
        }

        if (state > ControlState.TcpConnecting) _control.Handle(new AirEvent.TcpOpened(_control.Number));
        if (state > ControlState.TlsHandshake) _control.Handle(new AirEvent.TlsOpened(_control.Number));
        if (state > ControlState.Online) _control.Disconnect();
        _control.State.ShouldBe(state);
    }

    private void Give(string input)
    {
        switch (input)
        {
            case "connect":
                var free = _control.Number == 0;
                _control.Connect("y.example", 1, tls: false, udp: false).ShouldBe(free);
                break;
            case "send":
                _control.Send(new byte[1]).ShouldBe(_control.State == ControlState.Online);
                break;
            case "close":
                _control.Close();
                break;
            case "disconnect":
                _control.Disconnect();
                break;
            case "link-up":
                _control.LinkWentUp();
                break;
            case "link-down":
                _control.LinkWentDown();
                break;
            default:
                _control.Handle(FromTheAir(input));
                break;
        }
    }

    private static AirEvent FromTheAir(string input) => input switch
    {
        "tcp-opened" => new AirEvent.TcpOpened(1),
        "tls-opened" => new AirEvent.TlsOpened(1),
        "tcp-received" => new AirEvent.TcpReceived(1, new byte[3]),
        "udp-received" => new AirEvent.UdpReceived(1, "203.0.113.7", 443, new byte[3]),
        "acknowledged" => new AirEvent.TcpAcknowledged(1, 3),
        "refused" => new AirEvent.TcpRefused(1),
        "tls-failed" => new AirEvent.TlsFailed(1, "alert"),
        "closed-fin" => new AirEvent.TcpClosed(1, Reset: false),
        "closed-rst" => new AirEvent.TcpClosed(1, Reset: true),
        _ => throw new ArgumentException($"No input '{input}'."),
    };
}
