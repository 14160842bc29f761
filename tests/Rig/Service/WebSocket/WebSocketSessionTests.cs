using System.Text;
using AirHil.Modem.Acts;
using AirHil.Modem.Sessions;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Http;
using AirHil.Rig.Service.Machine;
using AirHil.Rig.Service.WebSocket;
using CsCheck;

namespace AirHil.Rig.Tests.Service.WebSocket;

public sealed class WebSocketSessionTests
{
    [Fact]
    public void The_upgrade_is_accepted_with_the_key_of_the_standard()
    {
        var client = new ServiceClient();
        client.Send(ServiceClient.Request);
        client.Text.ShouldBe("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"); // RFC 6455 §1.3.
        client.Session.Select(e => e.Kind).ShouldBe(["service.accept", "ws.upgrade", "ws.open"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_request_is_recorded_as_it_was_sent_however_it_was_cut(int size)
    {
        var client = new ServiceClient();
        foreach (var part in Encoding.ASCII.GetBytes(ServiceClient.Request).Chunk(size)) client.Send(part);
        var seen = client.Session.Single(e => e.Kind == "ws.upgrade");
        seen.Text.ShouldBe("GET /ws HTTP/1.1");
        seen.Lane.ShouldBe(SessionLane.Service);
        Encoding.ASCII.GetString(seen.Bytes.Span).ShouldBe(ServiceClient.Request);
        HttpRequestHead.Parse(seen.Bytes.Span).ShouldNotBeNull()["auth"].ShouldBe("Basic%20ABCDEGG");
    }

    [Theory]
    [InlineData(
        "GET /other HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n" +
        "Sec-WebSocket-Version: 13\r\n\r\n", 404)]
    [InlineData("GET /ws HTTP/1.1\r\nHost: a.test\r\n\r\n", 426)]
    [InlineData(
        "GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: a\r\n" +
        "Sec-WebSocket-Version: 8\r\n\r\n", 426)]
    [InlineData("GET /ws HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n",
        400)]
    [InlineData("POST /ws HTTP/1.1\r\n\r\n", 400)]
    [InlineData("nonsense\r\n\r\n", 400)]
    public void Other_requests_are_refused_with_a_status_and_the_end(string request, int status)
    {
        var client = new ServiceClient();
        client.Send(request);
        client.Text.ShouldStartWith($"HTTP/1.1 {status} ");
        client.Ended.ShouldBe("fin");
    }

    [Fact]
    public void A_head_without_end_is_limited()
    {
        var client = new ServiceClient();
        for (var i = 0; i < 200 && client.Ended is null; i++) client.Send(new string('x', 100));
        client.Text.ShouldStartWith("HTTP/1.1 431 ");
        client.Session.ShouldContain(e => e.Kind == "ws.limit");
    }

    [Fact]
    public void A_query_does_not_hide_the_path()
    {
        var client = new ServiceClient();
        client.Send(ServiceClient.Request.Replace("/ws", "/ws?token=1", StringComparison.Ordinal));
        client.Text.ShouldStartWith("HTTP/1.1 101");
    }

    [Fact]
    public void Frames_behind_the_head_count()
    {
        var client = new ServiceClient();
        client.Send(
            [.. Encoding.ASCII.GetBytes(ServiceClient.Request), .. WebSocketFrame.Text("early").Encode([1, 2, 3, 4])]);
        client.Text.ShouldEndWith("\r\n\r\n\u0081\u0005early");
    }

    [Fact]
    public void Pings_are_answered_with_their_payload()
    {
        var client = ServiceClient.Open(new Silent());
        client.Send(new WebSocketFrame(WebSocketOpcode.Ping, "hi"u8.ToArray()));
        client.Text.ShouldBe("\u008A\u0002hi");
        client.Session.Select(e => e.Kind).ShouldContain("ws.ping.in");
    }

    [Fact]
    public void A_fragmented_message_is_answered_whole_with_a_ping_between()
    {
        var client = ServiceClient.Open();
        client.Send(new WebSocketFrame(WebSocketOpcode.Text, "Hel"u8.ToArray(), false));
        client.Send(new WebSocketFrame(WebSocketOpcode.Ping, default));
        client.Send(new WebSocketFrame(WebSocketOpcode.Continuation, "lo"u8.ToArray()));
        client.Text.ShouldBe("\u008A\0\u0081\u0005Hello");
        client.Session.Single(e => e.Kind == "ws.text.in").Text.ShouldBe("Hello");
    }

    public static TheoryData<string, byte[], int> Violations => new()
    {
        { "unmasked", [0x81, 0x01, 0x41], 1002 },
        { "reserved bit", [0xC1, 0x80, 0, 0, 0, 0], 1002 },
        { "unknown opcode", [0x83, 0x80, 0, 0, 0, 0], 1002 },
        { "fragmented ping", [0x09, 0x80, 0, 0, 0, 0], 1002 },
        { "long ping", [0x89, 0xFE, 0, 126, 0, 0, 0, 0], 1002 },
        { "lone continuation", [0x80, 0x80, 0, 0, 0, 0], 1002 },
        { "text inside a text", [0x01, 0x80, 0, 0, 0, 0, 0x81, 0x80, 0, 0, 0, 0], 1002 },
        { "no UTF-8", [0x81, 0x82, 0, 0, 0, 0, 0xC3, 0x28], 1007 },
        { "more than 1 MiB", [0x82, 0xFF, 0, 0, 0, 0, 0, 0x10, 0, 1], 1009 },
        { "negative length", [0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 1], 1009 },
    };

    [Theory]
    [MemberData(nameof(Violations))]
    public void A_violation_ends_in_a_close_frame_with_its_code(string what, byte[] bytes, int code)
    {
        var client = ServiceClient.Open();
        client.Send(bytes);
        client.Text.ShouldBe($"\u0088\u0002{(char)(code >> 8)}{(char)(code & 0xFF)}", what);
        client.Ended.ShouldBe("fin");
        client.Session.ShouldContain(e => e.Kind == "ws.violation");
    }

    [Theory]
    [InlineData(new byte[] { 0x03, 0xE8 }, "\u0088\u0002\u0003\u00E8")]
    [InlineData(new byte[0], "\u0088\0")]
    [InlineData(new byte[] { 0x03 }, "\u0088\u0002\u0003\u00EA")]
    [InlineData(new byte[] { 0x03, 0xED }, "\u0088\u0002\u0003\u00EA")]
    public void A_close_frame_is_answered_and_the_connection_ended(byte[] payload, string answer)
    {
        var client = ServiceClient.Open();
        client.Send(new WebSocketFrame(WebSocketOpcode.Close, payload));
        client.Text.ShouldBe(answer);
        client.Ended.ShouldBe("fin");
    }

    [Fact]
    public void After_its_own_close_frame_the_service_waits_for_the_answer_two_seconds()
    {
        var client = ServiceClient.Open();
        client.Do(new ServiceInput.Begin(new AirHil.Modem.Faults.CloseWithFrame(1000)));
        client.Text.ShouldBe("\u0088\u0002\u0003\u00E8");
        client.Run(1.9);
        client.Ended.ShouldBeNull();
        client.Run(0.2);
        client.Ended.ShouldBe("fin");
    }

    [Fact]
    public void An_endpoint_may_have_a_limit_of_its_own()
    {
        var client = new ServiceClient(EndpointText.Parse("ws://a.test/ws=echo, at most 200 bytes"));
        client.Send(ServiceClient.Request);
        client.Forget();
        client.Send(new WebSocketFrame(WebSocketOpcode.Binary, new byte[200]));
        client.Text.Length.ShouldBe(204);
        client.Forget();
        client.Send(new WebSocketFrame(WebSocketOpcode.Binary, new byte[201]));
        client.Text.ShouldBe("\u0088\u0002\u0003\u00F1");
    }

    [Theory]
    [InlineData("ws://a.test/ws=echo, at most 124 bytes")]
    [InlineData("ws://a.test/ws=echo, at most 99999999999 bytes")]
    public void A_limit_out_of_range_is_an_error(string text) =>
        Should.Throw<FormatException>(() => EndpointText.Parse(text)).Message
            .ShouldContain("from 125 to 67108864 bytes");

    [Fact]
    public void Unfinished_messages_of_many_connections_have_a_quota()
    {
        var client = new ServiceClient(EndpointText.Parse("ws://a.test/ws=echo, at most 67108864 bytes"));
        var part = new WebSocketFrame(WebSocketOpcode.Binary, new byte[16 << 20], false).Encode([1, 2, 3, 4]);
        part[0] = 0x02;
        for (var id = 2; id < 9; id++)
        {
            client.Do(new ServiceInput.Accepted(id, "1", "a.test", 80, false, ""));
            client.Do(new ServiceInput.Received(id, Encoding.ASCII.GetBytes(ServiceClient.Request)));
            client.Run(0.01);
            client.Do(new ServiceInput.Received(id, part));
            client.Run(0.01);
        }

        // Four connections hold 64 MiB; each further one is closed, and frees what it holds.
        client.Session.Count(e => e.Kind == "ws.violation").ShouldBe(3);
    }

    [Fact]
    public void A_push_reaches_open_connections_and_says_when_there_is_none()
    {
        var client = new ServiceClient();
        client.Do(new ServiceInput.SendText("ws://a.test/ws", "nobody"));
        client.Session.ShouldContain(e => e.Kind == "ws.push.nobody");
        client.Send(ServiceClient.Request);
        client.Forget();
        client.Do(new ServiceInput.SendBinary(null, new byte[] { 1, 2 }));
        client.Text.ShouldBe("\u0082\u0002\u0001\u0002");
        Should.Throw<StepException>(() => client.Do(new ServiceInput.SendText("ws://b.test/", "x"))).Message
            .ShouldContain("ws://a.test/ws");
    }

    [Fact]
    public void Rules_answer_what_they_match_exactly()
    {
        var client = ServiceClient.Open(
            MessageBehavior.Read("answers ping=>pong | who are you => a service"));
        foreach (var text in new[] { "ping", "Ping", "who are you" }) client.Send(WebSocketFrame.Text(text));
        client.Text.ShouldBe("\u0081\u0004pong\u0081\u0009a service");
    }

    [Fact]
    public void A_behaviour_can_be_exchanged_while_connections_are_open()
    {
        var client = ServiceClient.Open();
        client.Do(new ServiceInput.AddEndpoint(new Endpoint(ServiceUrl.Parse("ws://a.test/ws"), new Silent())));
        client.Send(WebSocketFrame.Text("hello?"));
        client.Text.ShouldBeEmpty();
    }

    [Fact]
    public void Raw_tcp_echoes_bytes()
    {
        var client = new ServiceClient(new EchoFrames(), "tcp://a.test:80");
        client.Send("\0\u00FFraw");
        client.Text.ShouldBe("\0\u00FFraw");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_bytes_are_survived_and_bounded(bool upgraded) => Gen.Byte.Array[0, 400].Array[1, 8].Sample(chunks =>
    {
        var client = upgraded ? ServiceClient.Open() : new ServiceClient();
        foreach (var chunk in chunks) client.Send(chunk);
        client.Run(5);
        client.Text.Length.ShouldBeLessThan(8 * 1024);
    });

    [Fact]
    public void Damaged_requests_are_survived() =>
        Gen.Select(Gen.Int[0, ServiceClient.Request.Length - 1], Gen.Byte).Array[1, 6].Sample(damages =>
    {
        var bytes = Encoding.ASCII.GetBytes(ServiceClient.Request);
        foreach (var (at, value) in damages) bytes[at] = value;
        var client = new ServiceClient();
        client.Send(bytes);
        client.Send("\r\n\r\n");
        client.Text.ShouldStartWith("HTTP/1.1 ");
    });

    [Fact]
    public void Every_message_comes_back_however_it_is_cut() =>
        Gen.Select(Gen.Byte.Array[0, 300].Array[1, 5], Gen.Int[1, 50]).Sample((messages, size) =>
    {
        var client = ServiceClient.Open();
        var all = messages.SelectMany(m => new WebSocketFrame(WebSocketOpcode.Binary, m).Encode([0, 1, 2, 3]))
            .ToArray();
        foreach (var part in all.Chunk(size)) client.Send(part);
        client.Text.ShouldBe(
            string.Concat(
                messages.Select(
                    m => Encoding.Latin1.GetString(new WebSocketFrame(WebSocketOpcode.Binary, m).Encode()))));
    });
}
