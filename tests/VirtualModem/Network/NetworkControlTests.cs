using AirHil.Modem.Air;
using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

/// <summary>One control: every state with every event, and its times (reference-net §1.4 to §1.7).</summary>
public sealed class NetworkControlTests
{
    /// <summary>
    /// A column for each situation. A dot: nothing happens; a state: it goes there; an event: its user is told. After a
    /// failure the state stays (network_state_…, luat_network_adapter.c).
    /// </summary>
    private const string Table = """
        event        LinkOff OffLine WaitDns    Connecting Handshake  Online   Sending Listening Disconnecting
        link-up      WaitDns .       Online/-1  Online/-1  .          .        .       .         OffLine,Closed/-1
        link-down    .       .       Online/-1  Online/-1  Online/-1  Event/-1 Sent/-1 Online/-1 Closed/-1
        dns-found    .       .       Connecting .          .          .        .       .         .
        dns-nothing  .       .       Online/-1  .          .          .        .       .         .
        connected    .       .       .          Handshake  .          .        .       Online,Online/0 .
        error        .       .       Online/-1  Online/-1  Online/-1  Event/-1 Sent/-1 Online/-1 OffLine,Closed/0
        fin          .       .       .          Online/-1  Online/-1  Event/-1 Sent/-1 Online/-1 OffLine,Closed/0
        close-done   .       .       .          Online/-1  Online/-1  Event/-1 Sent/-1 Online/-1 OffLine,Closed/0
        listening    .       .       .          .          .          .        .       .         .
        received     .       .       .          .          .          Event/0  Event/0 .         .
        acknowledged .       .       .          .          .          .        Sent/0  .         .
        tls-over     .       .       .          .          Online,Online/0 .   .       .         .
        tls-failed   .       .       .          .          Online/-1  .        .       .         .
        """;

    private readonly StackBench _bench = new();
    private readonly StackBench.User _user;
    private readonly NetworkControl _control;

    public NetworkControlTests()
    {
        _user = new StackBench.User(_bench);
        _control = _bench.Stack.Allocate(_user)!;
        _control.IsTcp = true;
        _control.Disconnect(); // it was used before
    }

    public static TheoryData<string, string, string> Pairs
    {
        get
        {
            var lines = Table.Split('\n')
                .Select(line => line.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            var pairs = new TheoryData<string, string, string>();
            foreach (var line in lines.Skip(1))
            {
                for (var i = 1; i < line.Length; i++) pairs.Add(lines[0][i], line[0], line[i]);
            }

            return pairs;
        }
    }

    [Fact]
    public void The_table_has_every_state() =>
        Table.Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(name => name.Trim())
            .Where(name => name != "Sending").ShouldBe(Enum.GetNames<ControlState>());

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_pair_of_situation_and_event_has_its_effect(string situation, string happened, string effect)
    {
        Reach(situation);
        var before = _control.State;
        _user.Events.Clear();
        _control.Handle(EventOf(happened), _control.SocketId < 0 ? 0 : 1);
        var parts = effect.Split(',');
        var next = Enum.TryParse<ControlState>(parts[0], out var state) ? state : before;
        _control.State.ShouldBe(next);
        _user.Events.Select(e => e.Event).ShouldBe(parts.Where(part => part.Contains('/', StringComparison.Ordinal)));
    }

    [Fact]
    public void Without_tls_the_open_connection_is_usable_at_once()
    {
        Reach("Online");
        _user.Events[^1].ShouldBe((0, "Online/0"));
        _control.Wait.ShouldBe(WaitTarget.Nothing);
    }

    [Fact]
    public void An_address_is_not_looked_up()
    {
        _bench.Stack.LinkChanged(true);
        _control.Connect("203.0.113.9", 80).ShouldBe(NetworkReply.Pending);
        _bench.Sent.ShouldBe([(0, new AirRequest.OpenTcp(1, "203.0.113.9", 80))]);
    }

    [Fact]
    public void A_udp_socket_is_usable_without_an_answer_and_sends_as_it_is_told()
    {
        _bench.Stack.LinkChanged(true);
        _control.IsTcp = false;
        _control.Connect("203.0.113.9", 123);
        _user.Events.ShouldBeEmpty();
        _bench.RunTo(0);
        _control.Send(new byte[48]).ShouldBe(NetworkReply.Pending);
        _control.Send(new byte[9], "203.0.113.8", 5);
        _bench.RunTo(0);
        _bench.Sent.Select(sent => (AirRequest.SendUdp)sent.Request).Select(d => (d.Address, d.Port, d.Bytes.Length))
            .ShouldBe([("203.0.113.9", 123, 48), ("203.0.113.8", 5, 9)]);
        _user.Events.Select(e => e.Event).ShouldBe(["Online/0", "Sent/0"]);
        _control.Close();
        _bench.Sent.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(123, "203.0.113.9", 123, 1)]
    [InlineData(123, "203.0.113.9", 124, 0)] // lwIP hears its peer only
    [InlineData(123, "203.0.113.8", 123, 0)]
    [InlineData(0, "203.0.113.8", 99, 1)] // port 0: anybody
    public void A_udp_socket_hears_its_peer(int port, string address, int from, int told)
    {
        _bench.Stack.LinkChanged(true);
        _control.IsTcp = false;
        _control.Connect("203.0.113.9", port);
        _bench.RunTo(0);
        _user.Events.Clear();
        _bench.Stack.Receive(new AirEvent.UdpReceived(1, address, from, new byte[3]));
        _user.Events.Count.ShouldBe(told);
    }

    [Fact]
    public void A_datagram_is_read_at_a_time_and_its_rest_as_another()
    {
        _bench.Stack.LinkChanged(true);
        _control.IsTcp = false;
        _control.Connect("203.0.113.9", 0);
        _bench.RunTo(0);
        _bench.Stack.Receive(new AirEvent.UdpReceived(1, "203.0.113.9", 7, new byte[100]));
        _bench.Stack.Receive(new AirEvent.UdpReceived(1, "203.0.113.8", 8, new byte[20]));
        _control.Readable.ShouldBe(120);
        var buffer = new byte[60];
        _control.Receive(buffer, out _, out _).ShouldBe(60);
        _control.Receive(buffer, out var address, out var port).ShouldBe(40);
        (address, port).ShouldBe(("203.0.113.9", 7));
        _control.Receive(buffer, out address, out _).ShouldBe(20);
        address.ShouldBe("203.0.113.8");
    }

    [Fact]
    public void Port_0_looks_a_name_up_and_connects_to_nothing()
    {
        _bench.Stack.LinkChanged(true);
        _control.Connect("x.example", 0);
        Answer("203.0.113.7", "203.0.113.8");
        (_control.State, _control.SocketId).ShouldBe((ControlState.OffLine, -1));
        _control.Found.ShouldBe(["203.0.113.7", "203.0.113.8"]);
        _user.Events.ShouldBe([(0, "Online/0")]);
    }

    [Fact]
    public void Each_address_of_a_name_is_tried_and_the_failure_is_told_once()
    {
        _bench.Stack.LinkChanged(true);
        _control.Connect("x.example", 80);
        Answer("203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4", "203.0.113.5");
        for (var i = 1; i <= 3; i++) _bench.Stack.Receive(new AirEvent.TcpRefused(i));
        _user.Events.ShouldBeEmpty();
        _control.SocketId.ShouldBe(3);
        _bench.Stack.Receive(new AirEvent.TcpRefused(4)); // of five, four are kept
        _user.Events.ShouldBe([(0, "Online/-1")]);
        _bench.Log.Count(line => line.Text.StartsWith("net_lwip_tcp_err_cb 645:adapter 1 socket ",
            StringComparison.Ordinal)).ShouldBe(4);
        (_control.State, _control.Connect("x.example", 80)).ShouldBe((ControlState.Connecting, NetworkReply.Failed));
    }

    [Fact]
    public void A_name_that_is_not_found_fails_after_twelve_seconds()
    {
        Reach("WaitDns");
        _bench.RunTo(60);
        _user.Events.ShouldBe([(12, "Online/-1")]);
    }

    [Fact]
    public void A_syn_without_answer_fails_after_eighteen_seconds()
    {
        Reach("Connecting");
        _bench.RunTo(60);
        _user.Events.ShouldBe([(18, "Online/-1")]);
        _bench.Log.ShouldContain((18, "net_lwip_tcp_err_cb 645:adapter 1 socket 0 not closing, but error -13"));
    }

    [Fact]
    public void A_handshake_without_answer_waits_for_ever()
    {
        Reach("Handshake");
        _bench.RunTo(86_400);
        _user.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Unacknowledged_data_is_given_up_127_s_after_the_last_acknowledgement()
    {
        Reach("Sending");
        _user.Events.Clear();
        _bench.RunTo(100);
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 1));
        _bench.RunTo(2000);
        _user.Events.ShouldBe([(227, "Sent/-1")]);
    }

    [Fact]
    public void One_word_tells_that_all_is_acknowledged()
    {
        Reach("Online");
        _user.Events.Clear();
        _control.Send(new byte[10]);
        _control.Send(new byte[20]);
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 10));
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 20));
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 5));
        _bench.RunTo(2000);
        _user.Events.ShouldBe([(0, "Sent/0")]);
    }

    [Fact]
    public void Who_waits_for_an_event_is_not_told_of_the_acknowledgement()
    {
        Reach("Sending");
        _control.WaitEvent().ShouldBe(NetworkReply.Pending);
        _user.Events.Clear();
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 3));
        _user.Events.ShouldBeEmpty();
    }

    [Fact]
    public void The_heap_holds_what_is_not_acknowledged_and_is_the_only_limit()
    {
        Reach("Online");
        var before = _bench.Heap.Used;
        _control.Send(new byte[100_000]).ShouldBe(NetworkReply.Pending); // more than lwIP's send buffer of 26,800
        (_bench.Heap.Used - before).ShouldBeInRange(100_000, 103_000);
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 8_040 + 10));
        (_bench.Heap.Used - before).ShouldBeInRange(91_960, 95_000);
        _control.Send(new byte[200_000]).ShouldBe(NetworkReply.Failed);
        _control.Send(new byte[1]).ShouldBe(NetworkReply.Failed); // it must be closed
        _control.Close();
        _bench.Heap.Used.ShouldBe(before);
    }

    [Fact]
    public void What_nobody_reads_stops_the_peer_at_six_segments()
    {
        Reach("Online");
        _user.Events.Clear();
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[20_000]));
        _bench.Stack.Receive(new AirEvent.TcpClosed(1, Reset: false));
        _control.Readable.ShouldBe(8_040);
        _user.Events.Count.ShouldBe(6);
        var buffer = new byte[20_000];
        var read = 0;
        for (var i = 1; i < 10; i++)
        {
            read += _control.Receive(buffer, out _, out _) ?? 0;
            _bench.RunTo(i);
        }

        read.ShouldBe(20_000);
        _user.Events[^1].Event.ShouldBe("Event/-1"); // the FIN comes behind the data
        _control.Receive(buffer, out _, out _).ShouldBeNull();
    }

    [Fact]
    public void Unread_data_repeats_its_event_until_it_is_read()
    {
        Reach("Online");
        _user.Events.Clear();
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[5]));
        _control.Send(new byte[2]);
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 1)); // has no word of its own
        _control.WaitEvent().ShouldBe(NetworkReply.Done);
        _control.Receive(new byte[5], out _, out _).ShouldBe(5);
        _bench.Stack.Receive(new AirEvent.TcpAcknowledged(1, 1));
        _user.Events.Select(e => e.Event).ShouldBe(["Event/0", "Event/0"]);
    }

    [Fact]
    public void After_a_fin_the_unread_data_can_still_be_read_once()
    {
        Reach("Online");
        _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[5]));
        _bench.Stack.Receive(new AirEvent.TcpClosed(1, Reset: false));
        _control.Receive(new byte[9], out _, out _).ShouldBe(5);
        _control.Receive(new byte[9], out _, out _).ShouldBeNull();
        _control.Send(new byte[1]).ShouldBe(NetworkReply.Failed);
    }

    [Theory]
    [InlineData("WaitDns", "link-down link-up")]
    [InlineData("Connecting", "link-down link-up")]
    [InlineData("Handshake", "link-down")]
    [InlineData("Online", "link-down")]
    [InlineData("OffLine", "")]
    public void A_closed_control_still_fails_when_the_link_changes(string situation, string changes)
    {
        Reach(situation);
        _control.Close();
        _user.Events.Clear();
        _bench.Stack.LinkChanged(false);
        _control.Close();
        var told = _user.Events.Count;
        _bench.Stack.LinkChanged(true);
        told.ShouldBe(changes.Contains("link-down", StringComparison.Ordinal) ? 1 : 0);
        if (situation != "Handshake")
        {
            (_user.Events.Count - told).ShouldBe(changes.Contains("link-up", StringComparison.Ordinal) ? 1 : 0);
        }

        _user.Events.ShouldAllBe(e => e.Event == "Event/-1");
    }

    [Fact]
    public void A_control_that_was_never_asked_for_anything_is_told_of_every_change_of_the_link()
    {
        var user = new StackBench.User(_bench);
        _bench.Stack.Allocate(user);
        _bench.Stack.LinkChanged(true);
        _bench.Stack.LinkChanged(false);
        user.Events.ShouldBe([(0, "LinkChanged/0"), (0, "LinkChanged/0")]);
        _user.Events.ShouldBeEmpty();
    }

    [Fact]
    public void Waiting_for_the_link_ends_with_it_and_breaks_what_is_connected()
    {
        _control.WaitLinkUp().ShouldBe(NetworkReply.Pending);
        _bench.Stack.LinkChanged(true);
        _user.Events.ShouldBe([(0, "Link/0")]);
        Reach("Online", up: false);
        _control.WaitLinkUp().ShouldBe(NetworkReply.Done);
        (_control.State, _control.Send(new byte[1])).ShouldBe((ControlState.OffLine, NetworkReply.Failed));
    }

    [Fact]
    public void A_connection_that_ends_in_order_is_gone_3_ms_later()
    {
        Reach("Online");
        _user.Events.Clear();
        _control.Disconnect().ShouldBe(NetworkReply.Pending);
        _bench.Last<AirRequest.CloseTcp>().ShouldBe(new AirRequest.CloseTcp(1, Abort: false));
        _control.Connect("y.example", 1).ShouldBe(NetworkReply.Failed);
        _bench.RunTo(1);
        _user.Events.ShouldBe([(0.003, "Closed/0")]);
        (_control.State, _control.SocketId).ShouldBe((ControlState.OffLine, -1));
        _control.Disconnect().ShouldBe(NetworkReply.Done);
    }

    [Fact]
    public void A_forced_close_after_an_orderly_one_makes_its_end_a_failure()
    {
        Reach("Online");
        _user.Events.Clear();
        _control.Disconnect();
        _control.Close();
        _bench.RunTo(1);
        _user.Events.ShouldBe([(0.003, "Event/-1")]);
    }

    [Fact]
    public void The_end_of_an_earlier_socket_meets_no_later_one()
    {
        Reach("Online");
        _control.Disconnect();
        _control.Close();
        _control.Connect("203.0.113.9", 80);
        _user.Events.Clear();
        _bench.RunTo(1);
        _user.Events.ShouldBeEmpty();
        _bench.Log[^2].Text.ShouldStartWith("network_default_socket_callback 1124:cb ctrl invaild ");
        _bench.Log[^1].Text.ShouldBe("01 00 00 00 00 00 00 00 ");
    }

    [Theory]
    [InlineData("", true, false)] // the module closes by itself: a FIN
    [InlineData("unread", true, true)] // data that nobody read is lost: an RST
    [InlineData("fin", true, false)] // the peer waits for our side
    [InlineData("reset", false, false)] // there is no peer any more
    [InlineData("link-lost", false, false)] // nothing leaves; the peer keeps a half-open connection
    public void A_close_is_told_to_a_peer_that_can_hear_it(string before, bool told, bool reset)
    {
        Reach("Online");
        switch (before)
        {
            case "unread":
                _bench.Stack.Receive(new AirEvent.TcpReceived(1, new byte[1]));
                break;
            case "fin":
                _bench.Stack.Receive(new AirEvent.TcpClosed(1, Reset: false));
                break;
            case "reset":
                _bench.Stack.Receive(new AirEvent.TcpClosed(1, Reset: true));
                break;
            case "link-lost":
                _bench.Stack.LinkChanged(false);
                break;
        }

        _control.Close();
        _bench.Sent.Select(sent => sent.Request).OfType<AirRequest.CloseTcp>()
            .ShouldBe(told ? [new AirRequest.CloseTcp(1, reset)] : []);
        _control.SocketId.ShouldBe(-1);
    }

    [Fact]
    public void The_debug_lines_are_those_of_the_recording()
    {
        _control.IsDebug = true;
        _control.WaitLinkUp();
        _bench.Stack.LinkChanged(true);
        _bench.Log.Select(line => line.Text).ShouldBe(
        [
            "network_default_socket_callback 1143:before process socket -1,event:0xf2000001(LINK状态变更)," +
                "state:0(硬件离线),wait:1(等待硬件上线)",
            "network_default_socket_callback 1147:after process socket -1,state:1(离线),wait:0(无等待)",
        ]);
    }

    private void Reach(string situation, bool up = true)
    {
        if (situation == "LinkOff")
        {
            _control.Connect("x.example", 443).ShouldBe(NetworkReply.Pending);
            return;
        }

        if (up) _bench.Stack.LinkChanged(true);
        switch (situation)
        {
            case "OffLine":
                return;
            case "Listening":
                _control.SetLocalPort(7000);
                _control.Listen().ShouldBe(NetworkReply.Pending);
                _bench.RunTo(0);
                return;
        }

        if (situation is "Connecting" or "Handshake") _control.Tls.TurnOn(verifies: false);
        _control.Connect("x.example", 443).ShouldBe(NetworkReply.Pending);
        if (situation == "WaitDns") return;
        Answer("203.0.113.7");
        if (situation == "Connecting") return;
        _bench.Stack.Receive(new AirEvent.TcpOpened(1));
        if (situation == "Sending") _control.Send(new byte[3]);
        if (situation == "Disconnecting") _control.Disconnect();
        _control.State.ToString().ShouldBe(situation == "Sending" ? "Online" : situation);
    }

    private void Answer(params string[] addresses) =>
        _bench.Stack.Dns.Resolved(_bench.Last<AirRequest.ResolveHost>().Query, addresses);

    private static StackEvent EventOf(string name) => name switch
    {
        "link-up" => new StackEvent(StackEventKind.LinkChanged, IsUp: true),
        "link-down" => new StackEvent(StackEventKind.LinkChanged),
        "dns-found" => new StackEvent(StackEventKind.DnsResult, Addresses: ["203.0.113.7"]),
        "dns-nothing" => new StackEvent(StackEventKind.DnsResult, Addresses: []),
        "connected" => new StackEvent(StackEventKind.Connected),
        "error" => new StackEvent(StackEventKind.Error),
        "fin" => new StackEvent(StackEventKind.RemoteClosed),
        "close-done" => new StackEvent(StackEventKind.CloseDone),
        "listening" => new StackEvent(StackEventKind.Listening),
        "received" => new StackEvent(StackEventKind.Received),
        "acknowledged" => new StackEvent(StackEventKind.Acknowledged, Bytes: 3),
        "tls-over" => new StackEvent(StackEventKind.TlsStep),
        "tls-failed" => new StackEvent(StackEventKind.TlsStep, TlsFailure: "alert"),
        _ => throw new ArgumentException($"No event '{name}'."),
    };
}
