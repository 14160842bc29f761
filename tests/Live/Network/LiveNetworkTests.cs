using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using AirHil.Live.Network;
using AirHil.Live.Tls;
using AirHil.Modem.Air;

namespace AirHil.Live.Tests.Network;

/// <summary>The modem's end of the live network, against servers that are nothing of ours.</summary>
public sealed class LiveNetworkTests : IAsyncDisposable
{
    private readonly FakeResolver _resolver = new();
    private readonly Server _server = new();
    private readonly List<LiveWorld> _worlds = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds) await world.DisposeAsync();
        _server.Dispose();
    }

    [Fact]
    public void A_name_is_resolved_and_one_that_is_none_is_a_hint()
    {
        var world = World();
        world.Do(new AirRequest.ResolveHost(1, FakeResolver.Known));
        world.Await<AirEvent.HostResolved>().ShouldBe(new AirEvent.HostResolved(1, "127.0.0.1"));
        world.Do(new AirRequest.ResolveHost(2, "nowhere.test"));
        world.Do(new AirRequest.ResolveHost(3, "nowhere.test"));
        world.Await<AirEvent.HostNotFound>(e => e.Query == 3);
        world.Hints.ShouldBe(["nowhere.test"]);
        world.Kinds.Where(k => k.StartsWith("dns", StringComparison.Ordinal)).Order().ShouldBe(
            ["dns.answer", "dns.nxdomain", "dns.nxdomain", "dns.query", "dns.query", "dns.query"]);
    }

    [Fact]
    public void A_resolver_that_cannot_tell_leaves_the_module_to_its_own_limits()
    {
        var world = World();
        world.Do(new AirRequest.ResolveHost(1, "broken.test"));
        world.Until(() => world.Notices.Any(n => n.Contains("broken.test", StringComparison.Ordinal)), "the notice");
        world.Seen.ShouldBeEmpty();
    }

    [Fact]
    public void Only_what_is_allowed_is_reached()
    {
        var world = World(new LiveNetworkOptions { Allowed = AllowedHosts.Of("*.allowed.test") });
        world.Do(new AirRequest.ResolveHost(1, FakeResolver.Known));
        world.Await<AirEvent.HostNotFound>().Query.ShouldBe(1);
        _resolver.Asked.ShouldBe(0);
        world.Notices.ShouldContain("server.test is not in reach: allowed are *.allowed.test");
        world.Do(new AirRequest.ResolveHost(2, "any.allowed.test"));
        world.Until(() => _resolver.Asked == 1, "the question");

        world.Do(new AirRequest.OpenTcp(1, "127.0.0.1", _server.Port));
        world.Await<AirEvent.TcpRefused>();
        world.Do(new AirRequest.SendUdp(1, "127.0.0.1", 9, new byte[1]));
        world.Notices.Count(n => n.StartsWith("127.0.0.1:", StringComparison.Ordinal)).ShouldBe(2);
    }

    /// <summary>Its peer sends as fast as anybody takes.</summary>
    [Fact]
    public async Task A_connection_that_floods_does_not_hold_the_clock_and_its_peer_has_to_wait()
    {
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var peer = world.During(accept);
        peer.SendBufferSize = 64 << 10;
        var sent = 0L;
        var flood = Task.Run(async () =>
        {
            var piece = new byte[32 << 10];
            while (true) sent += await peer.SendAsync(piece, SocketFlags.None, TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        world.Run(1);
        var taken = Bytes();
        taken.ShouldBeGreaterThan(100_000);
        // Nobody takes anything now.
        Eventually(() => Interlocked.Read(ref sent) > taken + (256 << 10), "the window is full");
        var before = 0L;
        Eventually(() => before == (before = Interlocked.Read(ref sent)), "the peer waits", pause: 300);
        (before - taken).ShouldBeLessThan(16 << 20);
        world.Run(0.2);
        Bytes().ShouldBeGreaterThan(taken);
        peer.Close();
        await Should.ThrowAsync<Exception>(() => flood);

        long Bytes() => world.Seen.Select(s => s.Event).OfType<AirEvent.TcpReceived>().Sum(e => (long)e.Bytes.Length);
    }

    [Fact]
    public void Bytes_go_and_come_and_the_end_is_told()
    {
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var peer = world.During(accept);
        world.Send(1, "hello");
        Encoding.ASCII.GetString(world.During(Server.Read(peer, 5))).ShouldBe("hello");
        world.Await<AirEvent.TcpAcknowledged>().Bytes.ShouldBe(5);
        peer.Send("world"u8);
        world.Until(() => world.Received(1) == "world", "the answer");
        peer.Shutdown(SocketShutdown.Send);
        world.Await<AirEvent.TcpClosed>().Reset.ShouldBeFalse();
        world.Do(new AirRequest.CloseTcp(1, false));
        world.During(Server.End(peer)).ShouldBe("fin");
        world.Kinds.ShouldBe(
        [
            "dns.query", "dns.answer", "tcp.open", "tcp.opened", "tcp.tx", "tcp.rx", "tcp.closed.fin", "tcp.close",
        ], ignoreOrder: false, string.Join(' ', world.Kinds));
        world.Session.First(e => e.Kind == "tcp.open").Text.ShouldBe($"#1 server.test:{_server.Port}");
    }

    [Fact]
    public void A_reset_is_told_at_either_end()
    {
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var first = world.During(accept);
        first.Close(0);
        world.Await<AirEvent.TcpClosed>().Reset.ShouldBeTrue();

        accept = _server.Accept();
        world.Open(2, FakeResolver.Known, _server.Port);
        using var second = world.During(accept);
        world.Do(new AirRequest.CloseTcp(2, Abort: true));
        world.During(Server.End(second)).ShouldBe("rst");
        world.Kinds.ShouldContain("tcp.closed.rst");
        world.Kinds.ShouldContain("tcp.abort");
    }

    [Fact]
    public void A_closed_port_refuses()
    {
        var world = World();
        _server.Dispose();
        world.Do(new AirRequest.OpenTcp(1, "127.0.0.1", _server.Port));
        world.Await<AirEvent.TcpRefused>().Connection.ShouldBe(1);
        world.Kinds.ShouldBe(["tcp.open", "tcp.refused"]);
    }

    [Theory]
    [InlineData("as the module", true, true)]
    [InlineData("strict", false, true)]
    [InlineData("the lab's authority", true, false)]
    public void A_certificate_is_judged_as_the_policy_has_it(string policy, bool opens, bool isNoticed)
    {
        using var lab = new LabCertificates();
        var world = World(new LiveNetworkOptions
        {
            Certificates = policy switch
            {
                "strict" => CertificatePolicy.Strict,
                "the lab's authority" => CertificatePolicy.TrustOnly([lab.Authority]),
                _ => CertificatePolicy.AsModule,
            },
        });
        var serve = Task.Run(async () =>
        {
            using var peer = await _server.Accept();
            await using var tls = new SslStream(new NetworkStream(peer));
            try
            {
                await tls.AuthenticateAsServerAsync(lab.For(FakeResolver.Known));
                var bytes = new byte[100];
                await tls.WriteAsync(bytes.AsMemory(0, await tls.ReadAsync(bytes)));
                return tls.TargetHostName;
            }
            catch (Exception refused) when (refused is IOException or AuthenticationException)
            {
                return "refused";
            }
        }, TestContext.Current.CancellationToken);
        world.Open(1, FakeResolver.Known, _server.Port);
        world.Do(new AirRequest.StartTls(1, FakeResolver.Known));
        if (opens)
        {
            world.Await<AirEvent.TlsOpened>();
            world.Send(1, "secret");
            world.Until(() => world.Received(1) == "secret", "the echo");
            world.During(serve).ShouldBe(FakeResolver.Known);
        }
        else
        {
            world.Await<AirEvent.TlsFailed>().Connection.ShouldBe(1);
        }

        world.Notices.Any(n => n.StartsWith("the certificate of server.test", StringComparison.Ordinal))
            .ShouldBe(isNoticed);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("")]
    public void A_peer_that_speaks_no_tls_fails_the_handshake(string answer)
    {
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var peer = world.During(accept);
        world.Do(new AirRequest.StartTls(1, FakeResolver.Known));
        world.During(Server.Read(peer, 1));
        peer.Send(Encoding.ASCII.GetBytes(answer));
        peer.Shutdown(SocketShutdown.Send);
        world.Await<AirEvent.TlsFailed>();
        world.Do(new AirRequest.CloseTcp(1, true));
    }

    [Fact]
    public void Datagrams_go_and_come()
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
        var world = World();
        world.Do(new AirRequest.SendUdp(7, "127.0.0.1", port, "ask"u8.ToArray()));
        var asked = world.During(server.ReceiveAsync(TestContext.Current.CancellationToken).AsTask());
        Encoding.ASCII.GetString(asked.Buffer).ShouldBe("ask");
        server.Send("answer"u8, asked.RemoteEndPoint);
        var answer = world.Await<AirEvent.UdpReceived>();
        (answer.Socket, answer.Address, answer.Port).ShouldBe((7, "127.0.0.1", port));
        world.Kinds.ShouldBe(["udp.tx", "udp.rx"]);
    }

    [Fact]
    public void A_module_that_has_started_anew_knows_none_of_its_connections()
    {
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var peer = world.During(accept);
        world.Do(new AirRequest.Radio(false));
        peer.Send("nobody hears this"u8);
        world.Run(0.2);
        world.Do(new AirRequest.Radio(true));
        world.During(Server.End(peer)).ShouldBe("rst");
        world.Received(1).ShouldBeEmpty();
        world.Kinds.ShouldContain("tcp.abandoned");
        accept = _server.Accept();
        world.Open(2, FakeResolver.Known, _server.Port);
        using var next = world.During(accept);
    }

    [Fact]
    public void A_modem_holds_no_more_connections_than_allowed()
    {
        var world = World(new LiveNetworkOptions { ConnectionsPerModem = 2 });
        for (var i = 1; i <= 3; i++) world.Open(i, FakeResolver.Known, _server.Port);
        world.Await<AirEvent.TcpClosed>().ShouldBe(new AirEvent.TcpClosed(1, true));
        world.Kinds.ShouldContain("tcp.limit");
    }

    [Fact]
    public void Much_data_passes_in_order_and_a_slow_reader_slows_the_sender()
    {
        var bytes = new byte[3_000_000];
        new Random(1).NextBytes(bytes);
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var peer = world.During(accept);
        peer.SendBufferSize = 65_536;
        var sent = Task.Run(() => peer.Send(bytes), TestContext.Current.CancellationToken);

        // Nobody turns the world: what is taken from the socket stays below what may wait.
        Thread.Sleep(500);
        sent.IsCompleted.ShouldBeFalse();
        var received = new MemoryStream();
        world.Until(() =>
        {
            foreach (var (_, happened) in world.Seen)
            {
                if (happened is AirEvent.TcpReceived got) received.Write(got.Bytes.Span);
            }

            world.Seen.Clear();
            return received.Length == bytes.Length;
        }, "the bytes", 60);
        SHA256.HashData(received.ToArray()).ShouldBe(SHA256.HashData(bytes));
        world.Session.Where(e => e.Kind == "tcp.rx").ShouldAllBe(e => e.Bytes.Length <= 1340);
    }

    [Fact]
    public void A_sender_that_does_not_wait_for_its_peer_is_reset_on_the_record()
    {
        var world = World();
        var accept = _server.Accept();
        world.Open(1, FakeResolver.Known, _server.Port);
        using var peer = world.During(accept);
        world.Begin("black hole");
        for (var i = 0; i < 3; i++) world.Do(new AirRequest.SendTcp(1, new byte[1_000_000]));
        world.Kinds.ShouldContain("tcp.queue.full");
        world.During(Server.End(peer)).ShouldBe("rst");
    }

    [Fact]
    public void Options_that_make_no_sense_are_told()
    {
        Should.Throw<FormatException>(() => AllowedHosts.Of("https://a.test/"));
        Should.Throw<ArgumentException>(() => new LiveNetwork(new LiveNetworkOptions { ConnectionsPerModem = 0 }));
        Should.Throw<ArgumentException>(() => CertificatePolicy.TrustOnly([]));
    }

    private static void Eventually(Func<bool> condition, string what, int pause = 10)
    {
        for (var i = 0; !condition(); i++)
        {
            i.ShouldBeLessThan(20_000 / pause, what);
            Thread.Sleep(pause);
        }
    }

    private LiveWorld World(LiveNetworkOptions? options = null)
    {
        var world = new LiveWorld((options ?? new LiveNetworkOptions()) with { Resolver = _resolver }, []);
        _worlds.Add(world);
        return world;
    }
}
