using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using AirHil.Live.Edge;
using AirHil.Live.Network;
using AirHil.Live.Tests.Network;
using AirHil.Live.Tls;
using AirHil.Modem.Air;

namespace AirHil.Live.Tests.Edge;

/// <summary>The service's end of the live network, as a board or any other client of the real world meets it.</summary>
public sealed class EdgeTests : IAsyncDisposable
{
    private const string Beat = "{\"action\":\"echo\"}";

    private readonly List<LiveWorld> _worlds = [];
    private readonly List<Socket> _clients = [];
    private readonly Server _upstream = new();
    private LiveWorld? _world;

    private LiveWorld World => _world ??= NewWorld(new LiveNetworkOptions());

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients) client.Dispose();
        foreach (var world in _worlds) await world.DisposeAsync();
        _upstream.Dispose();
    }

    [Theory]
    [InlineData(80)]
    [InlineData(443)]
    public void A_client_of_the_real_world_talks_to_the_service(int port)
    {
        using var client = new ClientWebSocket();
        client.Options.RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
        {
            chain!.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.Add(LiveWorld.Lab.Value.Authority);
            return chain.Build(new(certificate!));
        };
        var uri = new Uri($"{(port == 443 ? "wss" : "ws")}://localhost:{World.Place(port).Port}/ws/echo2");
        World.During(client.ConnectAsync(uri, CancellationToken.None));
        World.During(
            client.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None));
        var buffer = new byte[100];
        var answer = World.During(client.ReceiveAsync(buffer, CancellationToken.None));
        Encoding.UTF8.GetString(buffer, 0, answer.Count).ShouldBe("hello");
        World.During(client.CloseAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None));
        World.Until(() => World.Kinds.Contains("tcp.closed.fin"), "the end");
        World.Kinds.ShouldContain("tcp.opened");
        World.Kinds.Contains("tls.opened").ShouldBe(port == 443);
        World.Session.Where(e => e.Kind is "tcp.tx" or "tcp.rx").ShouldAllBe(e => e.Modem == "1");
        World.Session.First(e => e.Kind == "service.accept").Modem.ShouldBe("1");
    }

    [Fact]
    public void A_certificate_that_is_given_is_shown()
    {
        using var lab = new LabCertificates();
        var own = lab.For("mine.test");
        var world = NewWorld(new LiveNetworkOptions { Edge = new EdgeOptions { Certificate = own } });
        var client = Client(world.Place(443));
        var handshake = Task.Run(async () =>
        {
            await using var tls = new SslStream(
                new NetworkStream(client), false, (_, shown, _, _) => shown!.Equals(own));
            await tls.AuthenticateAsClientAsync("mine.test");
        }, TestContext.Current.CancellationToken);
        world.During(handshake);
        using var bare = X509CertificateLoader.LoadCertificate(own.RawData);
        Should.Throw<ArgumentException>(
            () => new LiveNetwork(new LiveNetworkOptions { Edge = new EdgeOptions { Certificate = bare } }))
            .Message.ShouldContain("no private key");
    }

    [Fact]
    public void A_black_hole_keeps_bytes_back_and_tells_nobody()
    {
        var client = Connected();
        World.Begin("black hole");
        client.Send(LiveWorld.Frame(Beat));
        World.Run(0.4);
        World.Kinds.ShouldNotContain("ws.text.in");
        client.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
        World.End("black hole");
        ReadUntil(client, "airtun");
        World.Kinds.ShouldContain("ws.text.in");
    }

    [Fact]
    public void A_dropped_connection_is_reset_at_both_ends()
    {
        var client = Connected();
        World.Begin("drop connection");
        World.During(Server.End(client)).ShouldBe("rst");
        World.Session.Last(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
        Connected();
    }

    /// <summary>What is open when connections begin to be dropped is the first time.</summary>
    [Theory]
    [InlineData("service down", 1)]
    [InlineData("drop connection", 2)]
    public void Clients_are_reset_so_often_and_no_more(string fault, int times)
    {
        World.Begin($"{fault} at other.example {times} times");
        Connected();
        World.Begin($"{fault} at {LiveWorld.EchoHost} {times} times");
        World.During(Server.End(Client(80))).ShouldBe("rst");
        Connected();
    }

    [Fact]
    public void A_slow_link_takes_its_round_trip()
    {
        var client = Connected();
        World.Begin("slow link 500ms 100000B/s");
        var start = World.Now;
        client.Send(LiveWorld.Frame(Beat));
        ReadUntil(client, "airtun");
        (World.Now - start).TotalSeconds.ShouldBeGreaterThan(0.49);
    }

    [Fact]
    public void A_service_that_is_down_refuses_in_the_operating_system_and_comes_back_on_its_port()
    {
        var client = Connected();
        var place = World.Place(80);
        World.Begin("service down");
        World.During(Server.End(client)).ShouldBe("rst");
        Should.Throw<SocketException>(() => Client(80)).SocketErrorCode.ShouldBe(SocketError.ConnectionRefused);
        World.End("service down");
        World.Place(80).ShouldBe(place);
        Connected();
    }

    [Fact]
    public void A_silent_host_never_answers()
    {
        World.Begin("silent host");
        var client = Client(80);
        client.Send(Encoding.ASCII.GetBytes(LiveWorld.Upgrade("/ws/echo")));
        World.Run(0.4);
        World.Kinds.ShouldNotContain("service.accept");
        client.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
        World.End("silent host");
        ReadUntil(client, "\r\n\r\n");
    }

    [Fact]
    public void Tls_fails_by_an_alert()
    {
        World.Begin("fail tls");
        var problem = Should.Throw<AuthenticationException>(() => World.During(Handshake(Client(443))));
        problem.ToString().ShouldContain("alert", Case.Insensitive);
        World.Session.Last(e => e.Kind == "tls.failed").Text.ShouldBe("handshake failure");
        World.End("fail tls");
        World.During(Handshake(Client(443)));
        World.Until(() => World.Kinds.Contains("service.accept"), "the service's end");
    }

    [Fact]
    public void Tls_hangs_for_ever()
    {
        World.Begin("hang tls");
        var handshake = Handshake(Client(443));
        World.Run(0.3);
        World.End("hang tls");
        World.Run(0.3);
        handshake.IsCompleted.ShouldBeFalse();
        World.Kinds.ShouldContain("tls.hang");
        World.Kinds.ShouldNotContain("service.accept");
        _clients[^1].Close(0);
        World.Until(() => World.Kinds.Contains("tcp.abort"), "the client's end");
    }

    [Fact]
    public void A_forgotten_connection_answers_by_a_reset()
    {
        var client = Connected();
        World.Begin("forget connections");
        World.Run(0.1);
        client.Send(LiveWorld.Frame(Beat));
        World.During(Server.End(client)).ShouldBe("rst");
    }

    [Fact]
    public void Coverage_is_an_order_to_the_radio_of_a_board()
    {
        var world = NewWorld(new LiveNetworkOptions { Edge = new EdgeOptions { ModemOf = _ => "board" } });
        world.Do(new AirRequest.Radio(true), "board");
        world.Seen.Clear();
        world.Begin("drop coverage");
        world.Seen.Select(s => s.Event).ShouldBe(
            [new AirEvent.CoverageChanged(false), new AirEvent.CoverageChanged(false)]);
        world.Session.Where(e => e.Kind == "coverage.lost").Select(e => e.Modem).ShouldBe(["1", "board"]);
        world.End("drop coverage");
        world.Seen[^1].Event.ShouldBe(new AirEvent.CoverageChanged(true));
    }

    [Fact]
    public void A_datagram_of_a_board_is_answered()
    {
        using var client = new UdpClient();
        client.Connect(World.Place(12425, "dev_msg1.openluat.com"));
        client.Send("msg"u8);
        World.During(client.ReceiveAsync(TestContext.Current.CancellationToken).AsTask());
        World.Kinds.Where(k => k.StartsWith("udp", StringComparison.Ordinal))
            .ShouldBe(["udp.tx", "udp.in", "udp.out", "udp.rx"]);
        World.Begin("black hole");
        client.Send("msg"u8);
        World.Run(0.2);
        World.Kinds.Count(k => k == "udp.in").ShouldBe(1);
    }

    [Fact]
    public void An_upstream_gets_every_byte_and_so_does_its_client()
    {
        var world = UpstreamWorld();
        var accept = _upstream.Accept();
        var client = Client(world.Place(9000, "mine.test"));
        client.Send("early"u8);
        using var service = world.During(accept);
        Encoding.ASCII.GetString(world.During(Server.Read(service, 5))).ShouldBe("early");
        service.Send("answer"u8);
        Encoding.ASCII.GetString(world.During(Server.Read(client, 6))).ShouldBe("answer");
        world.Begin("black hole");
        service.Send("kept"u8);
        client.Send("back"u8);
        world.Run(0.3);
        (client.Available + service.Available).ShouldBe(0);
        world.End("black hole");
        Encoding.ASCII.GetString(world.During(Server.Read(client, 4))).ShouldBe("kept");
        Encoding.ASCII.GetString(world.During(Server.Read(service, 4))).ShouldBe("back");
        client.Shutdown(SocketShutdown.Send);
        world.During(Server.End(service)).ShouldBe("fin");
        service.Send("last"u8);
        service.Shutdown(SocketShutdown.Both);
        Encoding.ASCII.GetString(world.During(Server.Read(client, 5))).ShouldBe("last");
        world.Kinds.Where(k => k.StartsWith("tcp", StringComparison.Ordinal)).ShouldBe(
        [
            "tcp.opened", "tcp.tx", "tcp.rx", "tcp.tx", "tcp.rx", "tcp.close", "tcp.rx",
        ], ignoreOrder: true, string.Join(' ', world.Kinds));
    }

    [Fact]
    public void An_upstream_feels_the_reset_of_its_client_and_the_other_way_round()
    {
        var world = UpstreamWorld();
        var accept = _upstream.Accept();
        var client = Client(world.Place(9000, "mine.test"));
        using var first = world.During(accept);
        client.Close(0);
        world.During(Server.End(first)).ShouldBe("rst");

        accept = _upstream.Accept();
        client = Client(world.Place(9000, "mine.test"));
        using var second = world.During(accept);
        second.Close(0);
        world.During(Server.End(client)).ShouldBe("rst");

        accept = _upstream.Accept();
        client = Client(world.Place(9000, "mine.test"));
        using var third = world.During(accept);
        world.Begin("drop connection");
        world.During(Server.End(client)).ShouldBe("rst");
        world.During(Server.End(third)).ShouldBe("rst");
    }

    [Fact]
    public void Tls_towards_an_upstream_fails_too()
    {
        var world = UpstreamWorld();
        world.Begin("fail tls");
        Should.Throw<AuthenticationException>(
            () => world.During(Handshake(Client(world.Place(9000, "mine.test")))));
        world.Begin("hang tls");
        world.End("fail tls");
        var handshake = Handshake(Client(world.Place(9000, "mine.test")));
        world.Run(0.3);
        handshake.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void An_upstream_that_is_not_there_resets_its_clients_and_says_so()
    {
        var world = UpstreamWorld();
        _upstream.Dispose();
        var client = Client(world.Place(9000, "mine.test"));
        world.During(Server.End(client)).ShouldBe("rst");
        world.Notices.ShouldContain(n => n.Contains("cannot be reached", StringComparison.Ordinal));
    }

    [Fact]
    public void Much_data_passes_an_upstream_in_order()
    {
        var bytes = new byte[2_000_000];
        new Random(2).NextBytes(bytes);
        var world = UpstreamWorld();
        var accept = _upstream.Accept();
        var client = Client(world.Place(9000, "mine.test"));
        using var service = world.During(accept);
        var sent = Task.Run(() => client.Send(bytes), TestContext.Current.CancellationToken);
        world.During(Server.Read(service, bytes.Length)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        world.During(sent);
        sent = Task.Run(() => service.Send(bytes), TestContext.Current.CancellationToken);
        world.During(Server.Read(client, bytes.Length)).AsSpan().SequenceEqual(bytes).ShouldBeTrue();
        world.During(sent);
    }

    [Fact]
    public void A_port_that_is_taken_is_told_with_what_to_do()
    {
        var options = new LiveNetworkOptions
        {
            Edge = new EdgeOptions { Ports = [new EdgePort(LiveWorld.EchoHost, 80, _upstream.Port)] },
        };
        Should.Throw<InvalidOperationException>(() => NewWorld(options)).Message
            .ShouldContain("another program (or another run) listens there");
    }

    [Fact]
    public void No_more_clients_are_let_in_than_allowed()
    {
        var world = NewWorld(new LiveNetworkOptions { Edge = new EdgeOptions { ConnectionLimit = 1 } });
        var first = Client(world.Place(80));
        world.Until(() => world.Kinds.Contains("service.accept"), "the first");
        world.During(Server.End(Client(world.Place(80)))).ShouldBe("rst");
        world.Notices.ShouldContain("more than 1 connections to the edge");
        first.Connected.ShouldBeTrue();
    }

    [Theory]
    [InlineData(80, "")]
    [InlineData(80, "GET / HT")]
    [InlineData(443, "")]
    public void A_thousand_that_say_nothing_keep_nobody_out(int port, string said)
    {
        for (var i = 0; i < 1_100; i++)
        {
            Client(World.Place(port)).Send(Encoding.ASCII.GetBytes(said));
            if (i % 50 == 49) World.Run(0.01);
        }

        var client = Connected();
        client.Send(LiveWorld.Frame(Beat));
        World.Until(() => World.Kinds.Contains("ws.text.in"), "what the client says");
        World.Notices.Count(n => n.Contains("have said nothing", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Connections_that_end_by_fin_are_forgotten()
    {
        var world = NewWorld(new LiveNetworkOptions { Edge = new EdgeOptions { ConnectionLimit = 4 } });
        for (var i = 1; i <= 20; i++)
        {
            var client = Client(world.Place(80));
            world.Until(() => world.Kinds.Count(k => k == "service.accept") == i, $"client {i}");
            client.Shutdown(SocketShutdown.Send);
            world.During(Server.End(client)).ShouldBe("fin");
            client.Dispose();
        }

        world.Notices.ShouldNotContain(n => n.Contains("connections to the edge", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mine.test:443=127.0.0.1:8443", "mine.test:443=127.0.0.1:8443")]
    [InlineData("Mine.Test:443 = localhost:1", "mine.test:443=localhost:1")]
    [InlineData("mine.test=127.0.0.1:8443", null)]
    [InlineData("mine.test:0=127.0.0.1:8443", null)]
    [InlineData("mine.test:443", null)]
    public void An_upstream_is_read_from_text(string text, string? read)
    {
        if (read is null) Should.Throw<FormatException>(() => Upstream.Parse(text)).Message.ShouldContain("such as");
        else Upstream.Parse(text).ToString().ShouldBe(read);
    }

    [Fact]
    public void A_port_of_the_edge_is_read_from_text()
    {
        EdgePort.Parse("a.test:443=8443").ShouldBe(new EdgePort("a.test", 443, 8443));
        Should.Throw<FormatException>(() => EdgePort.Parse("a.test:443=0")).Message.ShouldContain("LISTEN-PORT");
    }

    [Fact]
    public async Task After_the_run_nobody_listens()
    {
        var place = World.Place(80);
        Connected();
        await World.DisposeAsync();
        Should.Throw<SocketException>(() => Client(place));
    }

    private LiveWorld UpstreamWorld() => NewWorld(new LiveNetworkOptions
    {
        Upstreams =
            [Upstream.Parse(string.Create(CultureInfo.InvariantCulture, $"mine.test:9000=127.0.0.1:{_upstream.Port}"))],
    });

    private LiveWorld NewWorld(LiveNetworkOptions options)
    {
        var world = new LiveWorld(options);
        _worlds.Add(world);
        return world;
    }

    private Socket Client(int port) => Client(World.Place(port));

    private Socket Client(IPEndPoint place)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _clients.Add(socket);
        socket.Connect(place);
        return socket;
    }

    private Socket Connected()
    {
        var client = Client(80);
        client.Send(Encoding.ASCII.GetBytes(LiveWorld.Upgrade("/ws/echo")));
        ReadUntil(client, "\r\n\r\n");
        return client;
    }

    private void ReadUntil(Socket client, string text)
    {
        var got = new StringBuilder();
        var buffer = new byte[2000];
        while (!got.ToString().Contains(text, StringComparison.Ordinal))
        {
            var size = World.During(client.ReceiveAsync(buffer));
            size.ShouldBeGreaterThan(0, got.ToString());
            got.Append(Encoding.Latin1.GetString(buffer, 0, size));
        }
    }

    private static async Task Handshake(Socket client)
    {
        await using var tls = new SslStream(new NetworkStream(client), false, (_, shown, _, _) => shown is not null);
        await tls.AuthenticateAsClientAsync(LiveWorld.EchoHost);
    }
}
