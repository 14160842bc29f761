using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AirHil.Live.Remote;
using AirHil.Rig.Files;
using AirHil.Modem;
using AirHil.Modem.Pins;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;
using AirHil.Tests;

namespace AirHil.Live.Tests.Remote;

public sealed class RemoteGreetingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static CountingTarget Board => new(TimeSpan.FromMilliseconds(10));

    [Fact]
    public async Task The_greeting_tells_what_the_board_can_do_but_for_time_and_determinism()
    {
        await using var server = await Benches.Serve(new VirtualTarget { Speed = 3 });
        await using var target = await Benches.Connect(server.Url);
        target.Board.ShouldBe("one");
        target.Speed.ShouldBe(3);
        target.Latency.ShouldBe(TimeSpan.FromSeconds(3));
        target.Capabilities.ShouldContain(Capability.Radio);
        target.Capabilities.ShouldNotContain(Capability.VirtualTime);
        target.Capabilities.ShouldNotContain(Capability.Deterministic);
        target.Capabilities.ShouldNotContain(Capability.Buses);
        target.Uarts.ShouldBeNull();
        target.Pins.ShouldBeNull();
    }

    [Fact]
    public async Task The_greeting_tells_which_UARTs_and_pins_the_bench_is_wired_to()
    {
        PinWire[] wires = [new(27, true, false, false), new(8, false, true, false)];
        var board = new CountingTarget(TimeSpan.FromMilliseconds(10)) { Uarts = [1, 32], Pins = wires };
        await using var server = await Benches.Serve(board);
        await using var target = await Benches.Connect(server.Url);
        target.Uarts.ShouldBe([1, 32]);
        target.Pins.ShouldBe(wires);
        Requirement.LackingUart(target, 2)!.ShouldContain("is not wired to UART 2; it is to: 1, 32");
        Requirement.LackingSight(target, 8)!.ShouldContain("cannot see pin 8; it can do so with: 27");
    }

    [Fact]
    public async Task A_held_board_is_refused_with_the_name_of_its_holder_and_free_again_when_he_leaves()
    {
        await using var server = await Benches.Serve(Board);
        var holder = await Benches.Connect(server.Url, new RemoteOptions { Client = "anna@lab" });
        server.Boards[0].HeldBy.ShouldBe("anna@lab");
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(server.Url));
        refusal.Reason.ShouldBe(RefusalReason.Busy);
        refusal.Message.ShouldContain("held by anna@lab");
        await holder.DisposeAsync();
        await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
        await using var next = await Benches.Connect(server.Url);
    }

    [Fact]
    public async Task Who_meets_a_board_whose_holder_has_vanished_is_told_when_it_is_free()
    {
        await using var server = await Benches.Serve(Board, Benches.OnAnyPort with { Resume = TimeSpan.FromHours(1) });
        await using var relay = new CutRelay(server.Url);
        await using var holder = await Benches.Connect(relay.Url, new RemoteOptions { Client = "anna@lab" });
        relay.Refusing = true;
        relay.Cut();
        (await Refusal("unless")).ShouldMatch(
            "held by anna@lab, who is not connected and loses it in 3[0-9]{3} s unless he comes back; wait until");
        // He does.
        relay.Refusing = false;
        (await Refusal("anna@lab;")).ShouldContain("held by anna@lab; wait until it is free");

        // The bench hears of both in a moment.
        async Task<string> Refusal(string awaited)
        {
            for (var i = 0; ; i++)
            {
                var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(server.Url));
                refusal.Reason.ShouldBe(RefusalReason.Busy);
                if (i >= 300 || refusal.Message.Contains(awaited, StringComparison.Ordinal)) return refusal.Message;
                await Task.Delay(20, Cancel);
            }
        }
    }

    [Fact]
    public async Task An_unknown_board_is_refused_with_those_that_there_are()
    {
        await using var server = await BenchServer.StartAsync(
            [new("green", Board), new("board:red one", Board)], Benches.OnAnyPort, Cancel);
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(new Uri(server.Url, "blue")));
        refusal.Reason.ShouldBe(RefusalReason.UnknownBoard);
        refusal.Message.ShouldContain("no board 'blue'; it has: green, board:red one");
        refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(server.Url));
        refusal.Message.ShouldContain("green, board:red one");
        await using var red = await RemoteTarget.ConnectAsync($"{server.Url}board:red one", null, Cancel);
        red.Board.ShouldBe("board:red one");
    }

    [Theory]
    [InlineData(null, "asks for a token")]
    [InlineData("wrong", "is not the one")]
    public async Task Without_the_token_nothing_is_to_be_had(string? token, string expected)
    {
        var told = new List<string>();
        await using var server = await Benches.Serve(
            Board, Benches.OnAnyPort with { Token = "s3cret", Tell = told.Add });
        var refusal = await Should.ThrowAsync<RemoteException>(
            () => Benches.Connect(server.Url, new RemoteOptions { Token = token }));
        refusal.Reason.ShouldBe(RefusalReason.WrongToken);
        refusal.Message.ShouldContain(expected);
        await using var target = await Benches.Connect(server.Url, new RemoteOptions { Token = "s3cret" });
        string.Join('\n', told).ShouldNotContain("s3cret");
        string.Join('\n', told).ShouldNotContain("wrong\"");
    }

    [Fact]
    public async Task A_bench_that_others_can_reach_needs_a_token_and_a_certificate()
    {
        var open = Benches.OnAnyPort with { Listen = new IPEndPoint(IPAddress.Any, 0) };
        var problem = await Should.ThrowAsync<ArgumentException>(() => Benches.Serve(Board, open));
        problem.Message.ShouldContain("a token and a certificate");
        await Should.ThrowAsync<ArgumentException>(() => Benches.Serve(Board, open with { Token = "t" }));
    }

    [Fact]
    public async Task Over_TLS_the_certificate_is_known_by_its_fingerprint()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=bench", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        using var signed = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(signed.Export(X509ContentType.Pfx), null);
        await using var server = await Benches.Serve(
            Board, Benches.OnAnyPort with { Token = "t", Certificate = new CertificateFile(certificate, []) });
        server.Url.Scheme.ShouldBe("wss");
        var options = new RemoteOptions
        {
            Token = "t",
            Fingerprint = certificate.GetCertHashString(HashAlgorithmName.SHA256),
        };
        await using (var target = await Benches.Connect(server.Url, options)) target.Board.ShouldBe("one");
        var refusal = await Should.ThrowAsync<RemoteException>(
            () => Benches.Connect(server.Url, options with { Fingerprint = new string('0', 64) }));
        refusal.Reason.ShouldBe(RefusalReason.Unreachable);
        refusal = await Should.ThrowAsync<RemoteException>(
            () => Benches.Connect(server.Url, options with { Fingerprint = null }));
        refusal.Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task A_token_is_never_sent_in_the_clear_to_another_machine()
    {
        var refusal = await Should.ThrowAsync<RemoteException>(
            () => Benches.Connect(new Uri("ws://192.0.2.1:7800/"), new RemoteOptions { Token = "t" }));
        refusal.Message.ShouldContain("wss://");
    }

    [Fact]
    public async Task Nobody_there_is_said_so()
    {
        var refusal = await Should.ThrowAsync<RemoteException>(
            () => Benches.Connect(new Uri($"ws://127.0.0.1:{FreePort.Take()}/")));
        refusal.Reason.ShouldBe(RefusalReason.Unreachable);
        refusal.Message.ShouldContain("bench serve");
    }

    [Theory]
    [InlineData("http://lab:7800/")]
    [InlineData("remote:lab")]
    [InlineData("")]
    [InlineData("ws://user:password@lab/")]
    public void An_address_that_is_none_is_told_with_an_example(string text) =>
        Should.Throw<FormatException>(() => RemoteAddress.Parse(text)).Message
            .ShouldContain("remote:wss://HOST:PORT/BOARD");

    [Fact]
    public void The_port_of_an_address_may_be_left_out()
    {
        var address = RemoteAddress.Parse("remote:wss://lab-pi/board:green");
        address.Url.Port.ShouldBe(RemoteProtocol.DefaultPort);
        address.Board.ShouldBe("board:green");
    }

    [Theory]
    [InlineData(99, "update the bench")]
    [InlineData(0, "update the client")]
    public async Task The_bench_refuses_another_version_and_says_which_end_is_old(int version, string expected)
    {
        await using var server = await Benches.Serve(Board);
        var (text, code) = await Say(server.Url, $$"""{"type":"hello","protocol":{{version}},"strange":[1]}""");
        text.ShouldContain("ProtocolVersion");
        text.ShouldContain(expected);
        code.ShouldBe(4001);
    }

    [Theory]
    [InlineData("""{"type":"welcome","protocol":99,"new":9}""", RefusalReason.ProtocolVersion, "update the client")]
    [InlineData("""{"type":"welcome","protocol":2}""", RefusalReason.Malformed, "boards")]
    [InlineData("hello yourself", RefusalReason.Malformed, "no AirHil bench")]
    [InlineData("""{"type":"ack","received":0}""", RefusalReason.Malformed, "no greeting")]
    public async Task The_client_refuses_another_version_and_what_is_no_bench(
        string greeting, RefusalReason reason, string expected)
    {
        using var impostor = new HttpListener();
        var url = Listen(impostor);
        var answering = Task.Run(async () =>
        {
            var context = await impostor.GetContextAsync();
            var socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
            await socket.ReceiveAsync(new byte[10_000], Cancel);
            await socket.SendAsync(Encoding.UTF8.GetBytes(greeting), WebSocketMessageType.Text, true, Cancel);
        }, Cancel);
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(url));
        refusal.Reason.ShouldBe(reason);
        refusal.Message.ShouldContain(expected);
        await answering;
    }

    [Theory]
    [InlineData("not json", 4006)]
    [InlineData("[]", 4006)]
    [InlineData("{}", 4006)]
    [InlineData("""{"type":"ack","received":1}""", 4006)]
    [InlineData("""{"type":"hello"}""", 4006)]
    [InlineData("""{"type":"hello","protocol":2,"received":-1}""", 4006)]
    [InlineData("""{"type":"hello","protocol":2,"received":0,"session":"guessed"}""", 4005)]
    [InlineData("""{"type":"hello","protocol":2,"received":7,"board":"one"}""", 4006)]
    public async Task Nonsense_before_the_greeting_is_refused_with_a_code(string text, int expected)
    {
        await using var server = await Benches.Serve(Board);
        var (_, code) = await Say(server.Url, text);
        code.ShouldBe(expected);
        await using var target = await Benches.Connect(await Free(server));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"type":"numbered","number":1,"message":{"type":"output"}}""")]
    [InlineData("""{"type":"numbered","number":1,"message":{"type":"release","modem":1}}""")]
    [InlineData("""{"type":"numbered","number":2,"message":{"type":"release","modem":1}}""")]
    [InlineData("""{"type":"numbered","number":1,"message":{"type":"prepare","request":1,"firmware":1}}""")]
    [InlineData(
        """{"type":"numbered","number":1,"message":"""
        + """{"type":"announce","id":1,"name":"x","files":[{"name":"../../x","bytes":1}]}}""")]
    [InlineData(
        """{"type":"numbered","number":1,"message":"""
        + """{"type":"announce","id":1,"name":"x","files":[{"name":"x","bytes":99999999}]}}""")]
    [InlineData(
        """{"type":"numbered","number":1,"message":"""
        + """{"type":"input","modem":1,"atUs":0,"seen":0,"value":{"kind":"apply-power"}}}""")]
    [InlineData(
        """{"type":"numbered","number":1,"message":"""
        + """{"type":"input","modem":1,"atUs":0,"seen":0,"value":{"kind":"write-uart","port":99,"bytes":""}}}""")]
    [InlineData("""{"type":"ack","received":100}""")]
    [InlineData("\u0001\u0002")]
    public async Task Nonsense_in_a_session_ends_it_and_frees_the_board(string text)
    {
        await using var server = await Benches.Serve(Board);
        var (answer, code) = await Say(
            server.Url, """{"type":"hello","protocol":2,"received":0,"board":"one"}""", text);
        answer.ShouldContain("Malformed");
        code.ShouldBe(4006);
        await using var target = await Benches.Connect(await Free(server));
    }

    [Fact]
    public async Task Random_bytes_and_binary_messages_and_endless_ones_are_refused()
    {
        await using var server = await Benches.Serve(Board);
        var noise = new Payloads(5).Bytes(5_000);
        using (var client = new ClientWebSocket())
        {
            await client.ConnectAsync(server.Url, Cancel);
            await client.SendAsync(noise, WebSocketMessageType.Binary, true, Cancel);
            (await End(client)).Code.ShouldBe(4006);
        }

        using (var client = new ClientWebSocket())
        {
            await client.ConnectAsync(server.Url, Cancel);
            var part = new byte[1 << 20];
            Array.Fill(part, (byte)' ');
            try
            {
                for (var i = 0; i < 8; i++) await client.SendAsync(part, WebSocketMessageType.Text, false, Cancel);
            }
            catch (WebSocketException)
            {
                // It is cut off in the midst of it.
            }

            (await End(client)).Code.ShouldBeOneOf(4006, -1);
        }

        using (var raw = new TcpClient())
        {
            await raw.ConnectAsync(IPAddress.Loopback, server.Url.Port, Cancel);
            await raw.GetStream().WriteAsync(noise, Cancel);
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var answer = new byte[10_000];
            try
            {
                while (await raw.GetStream().ReadAsync(answer, patience.Token) > 0)
                {
                }
            }
            catch (IOException)
            {
                // Reset.
            }
        }

        await using var target = await Benches.Connect(server.Url);
    }

    [Fact]
    public async Task A_browser_is_sent_away_and_plain_HTTP_is_told_what_this_is()
    {
        await using var server = await Benches.Serve(Board);
        using var http = new HttpClient();
        var url = new UriBuilder(server.Url) { Scheme = "http" }.Uri;
        using var plain = await http.GetAsync(url, Cancel);
        plain.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        (await plain.Content.ReadAsStringAsync(Cancel)).ShouldContain("AirHil bench");
        using var client = new ClientWebSocket();
        client.Options.SetRequestHeader("Origin", "https://elsewhere.example");
        await Should.ThrowAsync<WebSocketException>(() => client.ConnectAsync(server.Url, Cancel));
    }

    [Fact]
    public async Task More_clients_than_there_is_room_for_are_told_so()
    {
        await using var server = await Benches.Serve(Board, Benches.OnAnyPort with { MostClients = 1 });
        await using var target = await Benches.Connect(server.Url);
        var refusal = await Should.ThrowAsync<RemoteException>(() => Benches.Connect(server.Url));
        refusal.Reason.ShouldBe(RefusalReason.TooManyClients);
    }

    [Fact]
    public async Task Who_says_nothing_is_told_so_by_a_close_code()
    {
        await using var server = await Benches.Serve(
            Board, Benches.OnAnyPort with { Hello = TimeSpan.FromSeconds(1.5) });
        var (text, code) = await Say(server.Url);
        text.ShouldContain("Silent");
        code.ShouldBe(4008);
    }

    [Fact]
    public async Task A_hello_is_short()
    {
        await using var server = await Benches.Serve(Board);
        var (text, code) = await Say(server.Url, new string(' ', RemoteProtocol.MaxHelloBytes + 1));
        text.ShouldContain("a message has 16384 bytes at most");
        code.ShouldBe(4006);
    }

    [Fact]
    public async Task A_session_that_is_over_is_told_by_its_code()
    {
        await using var server = await Benches.Serve(Board);
        var (_, code) = await Say(
            server.Url, """{"type":"hello","protocol":2,"received":0,"session":"00112233445566778899aabbccddeeff"}""");
        code.ShouldBe(4005);
    }

    [Fact]
    public async Task A_bench_that_stops_says_so_by_a_code()
    {
        var server = await Benches.Serve(Board);
        using var client = new ClientWebSocket();
        await client.ConnectAsync(server.Url, Cancel);
        await client.SendAsync(
            Encoding.UTF8.GetBytes("""{"type":"hello","protocol":2,"received":0,"board":"one"}"""),
            WebSocketMessageType.Text, true, Cancel);
        await Benches.Until(() => server.Boards[0].HeldBy is not null, "the board is held");
        var ending = End(client);
        await server.DisposeAsync();
        (await ending).Code.ShouldBe(4011);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_thousand_that_say_nothing_keep_nobody_out(bool upgraded)
    {
        await using var server = await Benches.Serve(
            Board, Benches.OnAnyPort with { Hello = TimeSpan.FromHours(1), MostNewcomers = 100 });
        var idle = new List<IDisposable>();
        try
        {
            for (var i = 0; i < (upgraded ? 200 : 1_000); i++)
            {
                if (upgraded)
                {
                    var client = new ClientWebSocket();
                    idle.Add(client);
                    await client.ConnectAsync(server.Url, Cancel);
                }
                else
                {
                    var client = new TcpClient();
                    idle.Add(client);
                    await client.ConnectAsync(IPAddress.Loopback, server.Url.Port, Cancel);
                    await client.GetStream().WriteAsync("GET / HT"u8.ToArray(), Cancel);
                }
            }

            await using var target = await Benches.Connect(server.Url);
            target.Board.ShouldBe("one");
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Who_only_asks_is_told_what_there_is_and_takes_nothing()
    {
        await using var server = await Benches.Serve(Board);
        var (answer, code) = await Say(server.Url, """{"type":"hello","protocol":2,"received":0}""");
        answer.ShouldContain("\"name\":\"one\"");
        answer.ShouldNotContain("session");
        code.ShouldBe(1000);
        server.Boards[0].HeldBy.ShouldBeNull();
    }

    private static async Task<Uri> Free(BenchServer server)
    {
        await Benches.Until(() => server.Boards[0].HeldBy is null, "the board is free");
        return server.Url;
    }

    private static Uri Listen(HttpListener listener)
    {
        var port = FreePort.Take();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        return new Uri($"ws://127.0.0.1:{port}/");
    }

    private static async Task<(string Text, int Code)> Say(Uri url, params string[] messages)
    {
        using var client = new ClientWebSocket();
        await client.ConnectAsync(url, Cancel);
        foreach (var message in messages)
        {
            await client.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, Cancel);
        }

        return await End(client);
    }

    /// <summary>All that is said until the close, and its code; -1 where there was no close.</summary>
    private static async Task<(string Text, int Code)> End(ClientWebSocket client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var text = new StringBuilder();
        var buffer = new byte[100_000];
        try
        {
            while (await client.ReceiveAsync(buffer, patience.Token) is var part
                && part.MessageType != WebSocketMessageType.Close)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            }
        }
        catch (WebSocketException)
        {
            // Reset.
        }

        return (text.ToString(), (int?)client.CloseStatus ?? -1);
    }
}
