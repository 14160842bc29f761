using System.Text;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.WebSocket;

public class WebSocketTests
{
    /// <summary>
    /// A client over plain ws that logs its events; <paramref name="after"/> runs once it is connected.
    /// </summary>
    private static string Script(string after, string before = "wsc:autoreconn(true, 3000)") =>
        $$"""
        sys = require("sys")
        sys.taskInit(function()
            sys.waitUntil("IP_READY")
            wsc = websocket.create(nil, "ws://svc/ws/echo", 30)
            wsc:on(function(_, event, data, fin, op)
                log.info("wsc", event, data, fin, op)
                if event == "conack" then sys.publish("up") end
            end)
            {{before}}
            log.info("connect", wsc:connect())
            sys.waitUntil("up")
            {{after}}
        end)
        sys.run()
        """;

    private static string[] Lines(FakeBench bench) =>
        bench.Lines.SkipWhile(line => !line.EndsWith("connect\ttrue", StringComparison.Ordinal))
        .Where(line => line.Contains("websocket", StringComparison.Ordinal)
            || line.Contains("/user.", StringComparison.Ordinal)).ToArray();

    [Fact]
    public void Send_returns_false_on_success_and_the_third_argument_1_means_binary()
    {
        var bench = new FakeBench(Script(
            "log.info('sends', wsc:send('t'), wsc:send('b', 1), wsc:send('c', 1, 1), wsc:send('d', 0))")).PowerOn()
            .RunTo(6);
        bench.Line("I/user.sends").Text.ShouldBe("I/user.sends\tfalse\tfalse\tfalse\tfalse");
        var frames = bench.Air.Requests.Select(r => r.Request).OfType<AirRequest.SendTcp>().Skip(2)
            .Select(s => s.Bytes.ToArray()).ToArray();
        frames.Select(frame => (int)frame[0]).ShouldBe([0x81, 0x82, 0x82, 0x81]);
        frames[0].ShouldBe([0x81, 0x81, 0x00, 0x01, 0x02, 0x03, (byte)'t']);
    }

    [Fact]
    public void A_remote_close_runs_the_close_path_and_reconnects_after_exactly_the_delay()
    {
        var bench = new FakeBench(Script("")).PowerOn();
        bench.RunTo(6);
        bench.At(6, new AirEvent.TcpClosed(bench.Air.LastConnection, Reset: false));
        bench.RunTo(10);
        var closing = bench.Log.FindIndex(
            line => line.Text == "W/websocket websocket_callback param1 -1, closing socket");
        bench.Lines.Skip(closing).Take(4).ShouldBe(
        [
            "W/websocket websocket_callback param1 -1, closing socket",
            "I/websocket websocket closing socket",
            "I/websocket reconnect after 3000ms",
            "I/user.wsc\tdisconnect\tnil\tnil\tnil",
        ]);
        bench.Log.Last(line => line.Text.StartsWith("I/websocket connect host", StringComparison.Ordinal)).At
            .ShouldBe(TimeSpan.FromSeconds(9));
        bench.Lines.Count(line => line == "I/websocket ready!!").ShouldBe(2);
    }

    [Fact]
    public void A_reply_other_than_101_closes_and_prints_the_whole_reply()
    {
        var bench = new FakeBench(Script("")) { Air = new FakeAir { UpgradeReply = "HTTP/1.1 404 Not Found\r\n\r\n" } }
            .PowerOn().RunTo(6);
        Lines(bench).Skip(1).Take(5).ShouldBe(
        [
            "E/websocket server not support websocket? resp code HTTP/1.1 404 Not Found\r\n\r\n",
            "W/websocket websocket_parse ret -1",
            "I/websocket websocket closing socket",
            "I/websocket reconnect after 3000ms",
            "I/user.wsc\tdisconnect\tnil\tnil\tnil",
        ]);
    }

    [Fact]
    public void A_frame_glued_to_the_101_is_lost()
    {
        var glued = "HTTP/1.1 101 x\r\n\r\n" + Encoding.Latin1.GetString(FakeAir.Frame(0x01, "hi"u8));
        var bench = new FakeBench(Script("")) { Air = new FakeAir { UpgradeReply = glued } }.PowerOn().RunTo(6);
        bench.UserLines.ShouldNotContain(line => line.Contains("recv", StringComparison.Ordinal));
        bench.Line("I/user.wsc\tconack");
    }

    [Theory]
    [InlineData(4092, 1)]
    [InlineData(4093, 0)]
    public void A_payload_over_4092_bytes_never_arrives(int payload, int received)
    {
        var bench = new FakeBench(Script("")).PowerOn().RunTo(6);
        bench.At(6, new AirEvent.TcpReceived(bench.Air.LastConnection, FakeAir.Frame(0x82, new byte[payload])));
        bench.RunTo(7);
        bench.Lines.Count(line => line.StartsWith("I/user.wsc\trecv", StringComparison.Ordinal)).ShouldBe(received);
    }

    [Theory]
    [InlineData(0x81, "I/user.wsc\trecv\thi\t1\t1")]
    [InlineData(0x82, "I/user.wsc\trecv\thi\t1\t2")]
    [InlineData(0x01, "I/user.wsc\trecv\thi\t1\t1")]
    [InlineData(0x80, "W/websocket websocket_parse ret -1")]
    [InlineData(0x83, "W/websocket websocket_parse ret -1")]
    [InlineData(0x88, "W/websocket websocket_parse ret -1")]
    public void Each_opcode_has_its_outcome(int firstByte, string line)
    {
        var bench = new FakeBench(Script("")).PowerOn().RunTo(6);
        bench.At(6, new AirEvent.TcpReceived(bench.Air.LastConnection, FakeAir.Frame((byte)firstByte, "hi"u8)));
        bench.RunTo(7);
        bench.Lines.ShouldContain(line, bench.Dump());
    }

    [Fact]
    public void A_ping_is_answered_by_an_empty_pong()
    {
        var bench = new FakeBench(Script("")).PowerOn().RunTo(6);
        bench.At(6, new AirEvent.TcpReceived(bench.Air.LastConnection, FakeAir.Frame(0x89, "abc"u8)));
        bench.RunTo(7);
        ((AirRequest.SendTcp)bench.Air.Requests[^1].Request).Bytes.ToArray().ShouldBe([0x8A, 0x80, 0, 1, 2, 3]);
    }

    [Fact]
    public void Quiet_connections_are_pinged_after_the_keepalive()
    {
        var bench = new FakeBench(Script("")).PowerOn().RunTo(70);
        var pings = bench.Air.Requests.Where(r => r.Request is AirRequest.SendTcp { Bytes.Span: [0x89, ..] })
            .Select(r => r.At.TotalSeconds).ToArray();
        pings.Length.ShouldBe(2);
        // 30 s after the last acknowledgement, and the packet waits for the radio.
        (pings[1] - pings[0]).ShouldBeInRange(30.0, 30.8);
    }

    [Fact]
    public void Two_sends_acknowledged_together_give_one_sent_event()
    {
        var bench = new FakeBench(Script("wsc:send('a') wsc:send('b') sys.wait(5000) wsc:send('c')")).PowerOn()
            .RunTo(7);
        bench.UserLines.Count(line => line.StartsWith("I/user.wsc\tsent", StringComparison.Ordinal))
            .ShouldBe(1, bench.Dump());
    }

    [Fact]
    public void While_disconnected_a_send_is_refused_and_lost()
    {
        var bench = new FakeBench(Script("", "log.info('early', wsc:send('x'), wsc:ready())")).PowerOn().RunTo(6);
        bench.Line("I/user.early").Text.ShouldBe("I/user.early\tfalse\tfalse");
        bench.Lines.ShouldContain("I/websocket not ready yet");
    }

    [Fact]
    public void A_dead_dns_fails_after_six_tries_over_two_servers()
    {
        var bench = new FakeBench(Script("")) { Air = new FakeAir { AnswersDns = false } }.PowerOn().RunTo(18);
        var tries = bench.Lines.Where(line => line.StartsWith("D/DNS svc ", StringComparison.Ordinal)).ToArray();
        tries.Select(line => line[^14..]).ShouldBe(
            [
                "server2, try 0", "server2, try 1", "server2, try 2", "server3, try 0", "server3, try 1",
                "server3, try 2",
            ]);
        (bench.Line("E/DNS no ipv6, no ipv4").At - bench.Line("D/DNS svc ").At).TotalSeconds.ShouldBe(12, 0.01);
        bench.Lines.ShouldContain("I/websocket reconnect after 3000ms");
    }

    [Fact]
    public void A_black_hole_is_noticed_only_when_tcp_gives_up()
    {
        var bench = new FakeBench(Script("while true do sys.wait(15000) wsc:send('beat') end")).PowerOn().RunTo(10);
        bench.Air.Answers = false;
        bench.RunTo(142);
        bench.Lines.ShouldNotContain(line => line.Contains("disconnect", StringComparison.Ordinal));
        bench.RunTo(157);
        bench.Line("I/user.wsc\tdisconnect").At.TotalSeconds.ShouldBeInRange(146, 149);
    }

    [Fact]
    public void A_lost_link_closes_at_once_and_the_client_waits_for_the_link_in_silence()
    {
        var bench = new FakeBench(Script("")).PowerOn();
        bench.At(10, new AirEvent.CoverageChanged(false));
        bench.At(60, new AirEvent.CoverageChanged(true));
        bench.RunTo(64);
        bench.UserLines.Count(line => line.Contains("disconnect", StringComparison.Ordinal)).ShouldBe(1);
        bench.Lines.Count(line => line.StartsWith("I/websocket connect host", StringComparison.Ordinal)).ShouldBe(2);
        bench.Lines.Count(line => line == "I/websocket ready!!").ShouldBe(2);
    }

    [Fact]
    public void The_ninth_socket_is_refused()
    {
        var bench = new FakeBench(
            "for i = 1, 9 do local c = websocket.create(nil, 'ws://svc/') log.info('ws', type(c)) end while true do " +
            "rtos.receive(-1) end").PowerOn().RunTo(1);
        bench.UserLines.Last().ShouldBe("I/user.ws\tnil");
        bench.UserLines.Count(line => line == "I/user.ws\tuserdata").ShouldBe(8);
        bench.Lines.ShouldContain("W/websocket network_alloc_ctrl fail");
        bench.Lines.ShouldContain("E/websocket websocket init FAID ret -1");
    }
}
