using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Mqtt;

/// <summary>The mqtt client with a broker, row by row (reference-net §3 and §10.5).</summary>
public sealed class MqttClientTests
{
    private const string Closing = "I/mqtt mqtt closing socket netc:0046D000 mqtt_state:";

    private readonly FakeAir _air = new();
    private readonly MqttPeer _peer;

    public MqttClientTests() => _peer = new MqttPeer(_air);

    private FakeBench Start(string before, string onConack = "", string tls = "nil") => new($$"""
        sys = require("sys")
        sys.taskInit(function()
            sys.waitUntil("IP_READY")
            c = mqtt.create(nil, "broker.test", 1883, {{tls}})
            c:auth("id1", "user", "pass")
            c:on(function(client, event, data, payload, flags)
                print("ev", event, data, payload, flags and flags.qos .. flags.retain .. flags.dup, client == c)
                if event == "conack" then {{onConack}} end
            end)
            {{before}}
            print("connect", c:connect())
        end)
        sys.run()
        """)
    { Air = _air };

    private FakeBench Run(double seconds, string before = "", string onConack = "", string tls = "nil") =>
        Start(before, onConack, tls).PowerOn().RunTo(seconds);

    private static string[] Events(FakeBench bench) => [.. bench.Lines
        .Where(line => line.StartsWith("ev\t", StringComparison.Ordinal)).Select(line => line[3..])];

    private static string[] Mqtt(FakeBench bench) => [.. bench.Lines.Where(
        line => line.Contains("/mqtt ", StringComparison.Ordinal))];

    private static byte[] Publish(string topic, string payload, int flags = 0) =>
    [
        (byte)(0x30 | flags), (byte)(2 + topic.Length + payload.Length), 0, (byte)topic.Length,
        .. System.Text.Encoding.ASCII.GetBytes(topic + payload),
    ];

    [Fact]
    public void A_connect_sends_one_packet_logs_nothing_and_tells_conack()
    {
        var bench = Run(7, onConack: "print('state', c:state(), c:ready())");
        bench.Lines.ShouldContain("connect\ttrue");
        _peer.Packets.Single().Packet.ShouldBe(
            "10 1b 0004 4d515454 04 c2 00f0 0003 696431 0004 75736572 0004 70617373".Replace(
                " ", "", StringComparison.Ordinal));
        Events(bench).ShouldBe(["conack\tnil\tnil\tnil\ttrue"]);
        bench.Lines.ShouldContain("state\t3\ttrue");
        Mqtt(bench).ShouldBeEmpty();
        var conack = bench.Line("ev\tconack").At - bench.Line("D/DNS broker.test").At - _air.DnsTime;
        conack.TotalMilliseconds.ShouldBeInRange(112 * 0.8, 203 * 1.2);
    }

    [Theory]
    [InlineData("c:auth('', '', '')", "10 0c 0004 4d515454 04 02 00f0 0000")]
    [InlineData("c:auth('a', nil, 'p', false)", "10 10 0004 4d515454 04 40 00f0 0001 61 0001 70")]
    [InlineData("c:auth() c:keepalive(5)", "10 0c 0004 4d515454 04 02 000f 0000")]
    [InlineData("c:auth() c:keepalive(1000)", "10 0c 0004 4d515454 04 02 0258 0000")]
    [InlineData("c:auth() c:will('w', 'xy', 1, 1)", "10 13 0004 4d515454 04 2e 00f0 0000 0001 77 0002 7879")]
    [InlineData("c:auth() c:will('w', '', 3)", "10 11 0004 4d515454 04 06 00f0 0000 0001 77 0000")]
    public void The_connect_packet_carries_what_was_set(string before, string packet)
    {
        Run(7, before);
        _peer.Packets[0].Packet.ShouldBe(packet.Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void A_keep_alive_set_later_counts_from_the_next_connect_on()
    {
        Run(160, "c:keepalive(60)", "c:keepalive(15)");
        var pings = _peer.Packets.Where(packet => packet.Packet == "c000").Select(packet => packet.At).ToArray();
        (pings[1] - pings[0]).TotalSeconds.ShouldBe(45, 0.5);
        (pings[2] - pings[1]).TotalSeconds.ShouldBe(45, 0.5);
    }

    [Fact]
    public void Auth_between_connect_and_the_first_packet_takes_the_keep_alive_away()
    {
        Run(7, "c:keepalive(60) sys.timerStart(function() c:auth('') end, 1)");
        _peer.Packets[0].Packet.ShouldBe("100c00044d51545404" + "02012c0000");
    }

    [Theory]
    [InlineData("", "5.000000")]
    [InlineData("if event == 'disconnect' then c:connect() end", "0.000000e-308")]
    public void The_topic_tells_the_code_that_the_callback_has_left(string inCallback, string code)
    {
        _peer.Code = 5;
        var bench = Run(7, $$"""
            sys.subscribe("MQTT_DISCONNECT", function(_, code) print("topic", code) end)
            c:on(function(_, event, code) print("told", event, code) {{inCallback}} end)
            """);
        bench.Line("told").Text.ShouldBe("told\tdisconnect\t5.000000");
        bench.Lines.ShouldContain("topic\t" + code, bench.Dump());
    }

    [Fact]
    public void Publishes_of_each_qos_tell_sent_with_their_id()
    {
        var bench = Run(9, onConack: "print('ids', c:publish('t', 'a'), c:publish('t', 'b', 1), " +
            "c:publish('t', 'c', 2, 1), c:publish('t', 'd', 3))");
        bench.Lines.ShouldContain("ids\t0\t1\t2\t0");
        Events(bench).Skip(1).ShouldBe(
            ["sent\t0\tnil\tnil\ttrue", "sent\t1\tnil\tnil\ttrue", "sent\t2\tnil\tnil\ttrue"]);
        _peer.Of('3').ShouldBe(["300400017461", "32060001740001" + "62", "35060001740002" + "63", "300400017464"]);
        _peer.Of('6').ShouldBe(["62020002"]);
        var sent = bench.Log.Where(line => line.Text.StartsWith("ev\tsent", StringComparison.Ordinal)).ToList();
        (sent[1].At - sent[0].At).TotalMilliseconds.ShouldBeInRange(60, 95);
    }

    [Theory]
    [InlineData("c:publish('t', zb)", "30050001747a62")]
    [InlineData("c:publish('t', 12, 1)", "320700017400013132")]
    [InlineData("c:publish('t', nil)", "3003000174")]
    [InlineData("c:publish('t', 'x', 0, 256)", "300400017478")]
    [InlineData("c:subscribe('a')", "820600010001" + "6100")]
    [InlineData("c:subscribe('a', 2)", "820600010001" + "6102")]
    [InlineData("c:subscribe('a', 3)", "820600010001" + "6100")]
    [InlineData("c:subscribe({a = 1})", "820600010001" + "6101")]
    [InlineData("c:unsubscribe('a')", "a20500010001" + "61")]
    [InlineData("c:unsubscribe({'a'})", "a20500010001" + "61")]
    public void A_call_sends_its_packet(string call, string packet)
    {
        var bench = Run(7, "zb = zbuff.create(8) zb:write('zb')", call);
        _peer.Packets.Skip(1).Select(p => p.Packet).ShouldBe([packet], bench.Dump());
        bench.Lines.Contains("D/mqtt only support string or zbuff")
            .ShouldBe(call.Contains("nil", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("c:subscribe('a'), c:subscribe('b', 1), c:unsubscribe('a')", "1\t2\t3")]
    [InlineData("c:subscribe({a = 0, b = 1}), select('#', c:unsubscribe({'a', 'b'})), c:subscribe('c')", "2\t0\t5")]
    [InlineData("c:subscribe(), c:subscribe(true), c:subscribe({})", "0\t0\t0")]
    [InlineData("select('#', c:unsubscribe()), select('#', c:unsubscribe({}))", "0\t0")]
    [InlineData("pcall(c.subscribe, c, {x = 'y'})",
        "false\tbad argument #-1 to 'subscribe' (number expected, got string)")]
    [InlineData("pcall(c.subscribe, c, {'x'})", "false\tbad argument #-1 to 'subscribe' (number expected, got string)")]
    [InlineData("pcall(c.subscribe, c, {5})", "false\tinvalid key to 'next'")]
    [InlineData("pcall(c.unsubscribe, c, {{}})",
        "false\tbad argument #-1 to 'unsubscribe' (string expected, got table)")]
    [InlineData("pcall(c.publish, c)", "false\tbad argument #2 to 'publish' (string expected, got no value)")]
    public void Calls_give_what_v1112_gives(string call, string expected)
    {
        var bench = Run(7, onConack: $"print('r', {call})");
        var result = bench.Line("r\t").Text[2..];
        if (expected.StartsWith("false", StringComparison.Ordinal)) result = result.Replace("'?'", Named(expected),
            StringComparison.Ordinal);
        result.ShouldBe(expected);
    }

    /// <summary>Called through pcall a function has no name.</summary>
    private static string Named(string expected) => expected.Split('\'') is [_, var name, ..] ? $"'{name}'" : "";

    [Fact]
    public void A_message_comes_with_its_topic_payload_and_flags()
    {
        var bench = Run(7);
        foreach (var flags in (int[])[0, 1, 8])
        {
            bench.At(7 + flags, new AirEvent.TcpReceived(_air.LastConnection, Publish("a/b", "hi", flags)));
        }

        bench.RunTo(17);
        Events(bench).Skip(1).ShouldBe(
            ["recv\ta/b\thi\t000\ttrue", "recv\ta/b\thi\t010\ttrue", "recv\ta/b\thi\t008\ttrue"]);
    }

    [Theory]
    [InlineData(0x32, "4002")]
    [InlineData(0x34, "5002")]
    public void A_message_with_qos_is_answered_before_lua_sees_it(int first, string answer)
    {
        var bench = Run(7);
        bench.At(7, new AirEvent.TcpReceived(
            _air.LastConnection, new byte[] { (byte)first, 6, 0, 1, (byte)'t', 0x12, 0x34, (byte)'x' }));
        bench.At(8, new AirEvent.TcpReceived(_air.LastConnection, new byte[] { 0x62, 2, 0x12, 0x34 }));
        bench.RunTo(9);
        Events(bench)[1].ShouldStartWith("recv\tt\tx");
        _peer.Packets[1].Packet.ShouldBe(answer + "1234");
        _peer.Of('7').ShouldBe(["70021234"]);
    }

    [Fact]
    public void The_flags_of_a_burst_are_those_of_its_last_packet()
    {
        _peer.AfterConnack = [.. Publish("a", "1", 1), .. Publish("b", "2", 1), .. Publish("c", "3")];
        var bench = Run(7);
        Events(bench).Skip(1).ShouldBe(
            ["recv\ta\t1\t000\ttrue", "recv\tb\t2\t000\ttrue", "recv\tc\t3\t000\ttrue"]);
    }

    [Theory]
    [InlineData(1, "1.000000")]
    [InlineData(5, "5.000000")]
    public void A_refusal_has_its_five_lines_and_its_code(int code, string shown)
    {
        _peer.Code = (byte)code;
        var bench = Run(7);
        Mqtt(bench).ShouldBe(
        [
            $"W/mqtt CONACK 0x{code:x2}", Closing + "2", "W/mqtt bad mqtt packet!! ret -1",
            "W/mqtt mqtt_parse ret -1, closing socket", Closing + "0",
        ]);
        Events(bench).ShouldBe([$"disconnect\t{shown}\tnil\tnil\ttrue", "close\tnil\tnil\tnil\ttrue"]);
    }

    [Fact]
    public void A_closed_port_is_tried_again_after_the_delay_for_ever()
    {
        _air.Refuses = true;
        var bench = Run(15, "c:autoreconn(true, 3000)");
        Mqtt(bench)[..2].ShouldBe(
            ["E/mqtt mqtt_callback param1 -1, event 2 closing socket", Closing + "1"]);
        Events(bench).ShouldAllBe(text => text.StartsWith("disconnect\t0", StringComparison.Ordinal));
        var lost = bench.Log.Where(line => line.Text.StartsWith("ev\t", StringComparison.Ordinal)).ToList();
        lost.Count.ShouldBeInRange(3, 4);
        (lost[1].At - lost[0].At).TotalSeconds.ShouldBeInRange(3.1, 3.3);
    }

    [Fact]
    public void Without_reconnecting_a_failure_tells_close_too()
    {
        _air.Refuses = true;
        var bench = Run(15);
        Events(bench).Select(text => text.Split('\t')[0]).ShouldBe(["disconnect", "close"]);
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("if not once then once = true sys.timerStart(c.publish, 1000, c, 't', 'x', 1) end", 3)]
    public void A_lost_connection_tells_disconnect_and_connects_again(string onConack, int number)
    {
        var bench = Start("c:autoreconn(true, 3000)", onConack).PowerOn();
        bench.RunTo(5);
        _air.Answers = number == 5;
        bench.RunTo(7);
        bench.At(7, new AirEvent.TcpClosed(_air.LastConnection, Reset: true));
        bench.RunTo(7.1);
        _air.Answers = true;
        bench.RunTo(14);
        var lines = Mqtt(bench);
        lines.ShouldContain(Closing + "3", bench.Dump());
        lines.ShouldContain($"E/mqtt mqtt_callback param1 -1, event {number} closing socket");
        Events(bench).Select(text => text.Split('\t')[0]).Where(text => text != "sent")
            .ShouldBe(["conack", "disconnect", "conack"]);
    }

    [Fact]
    public void A_lost_link_is_waited_for_in_silence()
    {
        var bench = Start("c:autoreconn(true, 2000)").PowerOn();
        bench.At(10, new AirEvent.CoverageChanged(false));
        bench.At(60, new AirEvent.CoverageChanged(true));
        bench.RunTo(66);
        Events(bench).Select(text => text.Split('\t')[0]).ShouldBe(["conack", "disconnect", "conack"]);
        Mqtt(bench).Length.ShouldBe(2);
    }

    [Fact]
    public void A_silent_broker_is_waited_for_for_ever()
    {
        _peer.Code = null;
        var bench = Run(170);
        Events(bench).ShouldBeEmpty();
        Mqtt(bench).ShouldBeEmpty();
    }

    [Fact]
    public void A_publish_before_conack_ends_the_attempt()
    {
        _peer.Code = null;
        var bench = Run(8, "sys.timerStart(function() print('p', select('#', c:publish('t', 'x', 1))) end, 30)");
        bench.Lines.ShouldContain("p\t0");
        Mqtt(bench).ShouldBe(["W/mqtt network_tx ret -1, closing socket", Closing + "1"]);
        Events(bench).Select(text => text.Split('\t')[0]).ShouldBe(["disconnect", "close"]);
    }

    [Fact]
    public void Disconnect_says_goodbye_and_what_reconnects_does_so_again()
    {
        var bench = Run(12, "c:autoreconn(true, 2000)", "if not once then once = true print('d', c:disconnect()) end");
        bench.Lines.ShouldContain("d\ttrue");
        _peer.Of('e').ShouldBe(["e000"]);
        Mqtt(bench).ShouldBe([Closing + "3"]);
        Events(bench).Select(text => text.Split('\t')[0]).ShouldBe(["conack", "disconnect", "conack"]);
    }

    [Fact]
    public void After_close_there_are_no_events_and_calls_only_log()
    {
        var bench = Run(12, "c:autoreconn(true)", """
            c:close()
            sys.timerStart(function()
                print("s", c:state(), c:ready(), select("#", c:publish("t", "x")), c:will("a", "b"))
                print("c", c:connect(), c:state())
                print("d", pcall(c.debug, c, true))
            end, 100)
            """);
        Events(bench).ShouldBe(["conack\tnil\tnil\tnil\ttrue"]);
        bench.Lines.ShouldContain("s\t0\tfalse\t0\tfalse");
        bench.Lines.ShouldContain("c\ttrue\t1");
        bench.Line("d\tfalse").Text.ShouldContain("(V1112 crashes here)");
        Mqtt(bench).ShouldBe([Closing + "3", "W/mqtt network_tx ret -1, closing socket",
            "I/mqtt mqtt closing socket netc:00000000 mqtt_state:0"]);
    }

    [Fact]
    public void Connect_while_ready_makes_it_not_ready_though_data_flows()
    {
        var bench = Run(8, onConack: "print('again', c:connect(), c:ready(), c:state(), c:publish('t', 'x'))");
        bench.Lines.ShouldContain("again\ttrue\tfalse\t1\t0");
        _peer.Of('3').Count().ShouldBe(1);
    }

    [Fact]
    public void Pings_go_out_after_three_quarters_of_the_keepalive_whatever_is_sent()
    {
        var bench = Run(700, "sys.timerLoopStart(function() c:publish('t', 'x') end, 50000)");
        var pings = _peer.Packets.Where(packet => packet.Packet == "c000").Select(packet => packet.At).ToList();
        pings.Count.ShouldBe(3, bench.Dump());
        (pings[1] - pings[0]).TotalSeconds.ShouldBe(180, 1);
        (pings[0] - _peer.Packets[0].At).TotalSeconds.ShouldBe(180, 1);
    }

    [Fact]
    public void A_ping_that_a_busy_script_delays_does_not_delay_those_behind_it()
    {
        Run(40, "c:keepalive(16) local busy = function() for i = 1, 2000 do timer.udelay(1000) end end "
            + "sys.timerStart(busy, 11500)");
        var pings = _peer.Packets.Where(packet => packet.Packet == "c000")
            .Select(packet => (packet.At - _peer.Packets[0].At).TotalSeconds).ToList();
        pings[0].ShouldBeInRange(12.9, 15);
        pings[1].ShouldBe(24, 0.3);
    }

    [Fact]
    public void A_dead_path_is_not_noticed_for_minutes()
    {
        var bench = Start("c:autoreconn(true) c:keepalive(60)").PowerOn().RunTo(7);
        _air.Answers = false;
        bench.RunTo(120);
        Events(bench).ShouldBe(["conack\tnil\tnil\tnil\ttrue"]);
    }

    [Fact]
    public void A_disconnect_packet_only_changes_the_code_of_the_loss()
    {
        var bench = Run(7);
        bench.At(7, new AirEvent.TcpReceived(_air.LastConnection, new byte[] { 0xE0, 0 }));
        bench.At(8, new AirEvent.TcpClosed(_air.LastConnection, Reset: false));
        bench.RunTo(9);
        Events(bench)[1].ShouldStartWith("disconnect\t-2.0");
    }

    [Fact]
    public void A_packet_over_the_buffer_ends_the_connection()
    {
        var bench = Run(7, "c:autoreconn(false)");
        byte[] big = [0x30, 0x80, 0x80, 0x03, 0, 1, (byte)'t', .. new byte[40_000]];
        for (var i = 0; i < 40; i++)
        {
            bench.At(7 + (i * 0.01), new AirEvent.TcpReceived(
                _air.LastConnection, big.AsMemory(i * 1000, 1000)));
        }

        bench.RunTo(9);
        Mqtt(bench).ShouldContain(
            line => line.StartsWith("E/mqtt too many data wait for recv", StringComparison.Ordinal)
                || line == "E/mqtt buff is FULL, mqtt packet too big", bench.Dump());
        Events(bench).Select(text => text.Split('\t')[0]).ShouldBe(["conack", "disconnect", "close"]);
    }

    [Fact]
    public void A_tls_table_without_certificates_never_connects()
    {
        var bench = Run(12, tls: "{}");
        Events(bench)[0].ShouldStartWith("disconnect\t0");
        bench.Lines.ShouldContain("network_state_shakehand 811:0x2700, 3");
        Mqtt(bench).ShouldContain(Closing + "1");
    }

    [Fact]
    public void Tls_without_verification_connects_within_the_traces_time()
    {
        var bench = Run(12, tls: "true");
        var conack = bench.Line("ev\tconack").At - bench.Line("D/DNS broker.test").At - _air.DnsTime;
        conack.TotalMilliseconds.ShouldBeInRange(1037 * 0.8, 1700 * 1.2);
    }

    [Fact]
    public void A_certificate_that_cannot_be_read_gives_nothing()
    {
        var bench = new FakeBench(
            "print('n', select('#', mqtt.create(nil, 'h', 1, {server_cert = 'x'}))) while true do rtos.receive(-1) end")
            .PowerOn().RunTo(1);
        bench.Lines.ShouldContain("n\t0");
        bench.Lines.ShouldContain("E/mqtt network_set_server_cert error");
        bench.Lines.ShouldContain("E/mqtt 设置mqtt参数失败");
    }

    [Fact]
    public void The_topics_come_after_the_callback()
    {
        _air.Refuses = false;
        var bench = Run(9, """
            sys.subscribe("MQTT_CONNACK", function(client) print("topic", "up", client == c) end)
            sys.subscribe("MQTT_DISCONNECT", function(client, code) print("topic", "down", client == c, code) end)
            """, "sys.timerStart(function() c:disconnect() end, 500)");
        bench.Lines.Where(line => line.StartsWith("topic", StringComparison.Ordinal)).Select(line => line.Split('.')[0])
            .ShouldBe(["topic\tup\ttrue", "topic\tdown\ttrue\t0"], bench.Dump());
    }

    [Fact]
    public void The_receive_buffer_is_taken_at_the_first_connect_and_given_back_by_close()
    {
        var bench = Run(9, """
            local _, u0 = rtos.meminfo("sys")
            c:connect()
            local _, u1 = rtos.meminfo("sys")
            print("buffer", u1 - u0 >= 32768 and u1 - u0 < 34000)
            """, "c:close() local _, u = rtos.meminfo('sys') print('left', u < 62000)");
        bench.Lines.ShouldContain("buffer\ttrue");
        bench.Lines.ShouldContain("left\ttrue");
    }
}
