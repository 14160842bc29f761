using System.Net.Sockets;
using AirHil.Live.Network;
using AirHil.Modem.Air;

namespace AirHil.Live.Tests.Network;

/// <summary>
/// What each fault does to a virtual module's connections over real sockets: to the run's own service, and to servers
/// that are nothing of ours.
/// </summary>
public sealed class LiveFaultTests : IAsyncDisposable
{
    private const string Beat = "{\"action\":\"echo\"}";

    private readonly Server _server = new();
    private readonly LiveWorld _world;

    public LiveFaultTests() => _world = new LiveWorld(new LiveNetworkOptions { Resolver = new FakeResolver() });

    public async ValueTask DisposeAsync()
    {
        await _world.DisposeAsync();
        _server.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Coverage_goes_and_comes_and_the_data_follows(bool tls)
    {
        _world.Connect(1, tls: tls);
        _world.Seen.Clear();
        _world.Begin("drop coverage");
        _world.Await<AirEvent.CoverageChanged>().Covered.ShouldBeFalse();
        _world.SendFrame(1, Beat);
        _world.Run(0.3);
        _world.Seen.Count.ShouldBe(1);
        _world.End("drop coverage");
        _world.Seen[^1].Event.ShouldBe(new AirEvent.CoverageChanged(true));
        _world.Until(() => Answered(1), "the answer");
        _world.Kinds.ShouldContain("coverage.lost");
        _world.Kinds.ShouldContain("coverage.found");
    }

    [Fact]
    public void A_black_hole_tells_nobody_and_keeps_what_was_sent()
    {
        _world.Connect(1);
        _world.Seen.Clear();
        _world.Begin("black hole");
        _world.SendFrame(1, Beat);
        _world.Do(new AirRequest.ResolveHost(9, LiveWorld.EchoHost));
        _world.Run(0.5);
        _world.Seen.ShouldBeEmpty();
        _world.Kinds.ShouldNotContain("ws.text.in");
        _world.End("black hole");
        _world.Until(() => Answered(1), "the answer");
        _world.Await<AirEvent.TcpAcknowledged>();
    }

    [Fact]
    public void A_black_hole_in_a_handshake_only_delays_it()
    {
        _world.Open(1, LiveWorld.EchoHost, 443);
        _world.Begin("black hole");
        _world.Do(new AirRequest.StartTls(1, LiveWorld.EchoHost));
        _world.Run(0.5);
        _world.Kinds.ShouldNotContain("tls.opened");
        _world.End("black hole");
        _world.Await<AirEvent.TlsOpened>();
    }

    [Fact]
    public async Task A_black_hole_that_outlasts_a_sender_resets_it()
    {
        await using var world = new LiveWorld(
            new LiveNetworkOptions { GiveUpAfter = TimeSpan.FromMilliseconds(300) });
        world.Connect(1);
        world.Begin("black hole");
        world.SendFrame(1, Beat);
        world.Until(() => world.Kinds.Contains("tcp.timeout"), "the end of patience");
        world.Await<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
        world.Until(() => world.Kinds.Contains("ws.gone"), "the service's news");
    }

    [Fact]
    public void An_end_of_the_connection_in_a_black_hole_is_told_after_it()
    {
        var peer = Foreign(1);
        _world.Begin("black hole");
        peer.Close(0);
        _world.Run(0.3);
        _world.Seen.ShouldNotContain(s => s.Event is AirEvent.TcpClosed);
        _world.End("black hole");
        _world.Await<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
    }

    [Fact]
    public void A_reset_of_the_module_in_a_black_hole_is_lost_and_said_again()
    {
        using var peer = Foreign(1);
        _world.Begin("black hole");
        _world.Do(new AirRequest.CloseTcp(1, Abort: true));
        peer.Send("anybody there?"u8);
        _world.Run(0.3);
        peer.Poll(0, SelectMode.SelectRead).ShouldBeFalse();
        _world.End("black hole");
        _world.During(Server.End(peer)).ShouldBe("rst");
    }

    [Fact]
    public void A_dropped_connection_is_reset_at_both_ends()
    {
        _world.Connect(1);
        using var peer = Foreign(2);
        _world.Begin("drop connection");
        _world.Seen.Select(s => s.Event).OfType<AirEvent.TcpClosed>().ShouldBe([new(1, true), new(2, true)]);
        _world.During(Server.End(peer)).ShouldBe("rst");
        _world.Until(() => _world.Kinds.Contains("ws.gone"), "the service's news");
        _world.Session.Last(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
        _world.Connect(3);
    }

    [Fact]
    public void Names_fail_for_the_named_host_only_and_silence_is_silence()
    {
        _world.Begin("fail dns of " + LiveWorld.EchoHost);
        _world.Do(new AirRequest.ResolveHost(1, LiveWorld.EchoHost));
        _world.Do(new AirRequest.ResolveHost(2, FakeResolver.Known));
        _world.Await<AirEvent.HostNotFound>().Query.ShouldBe(1);
        _world.Await<AirEvent.HostResolved>().Query.ShouldBe(2);
        _world.Hints.ShouldBeEmpty();
        _world.Begin("silence dns");
        _world.Do(new AirRequest.ResolveHost(3, FakeResolver.Known));
        _world.Run(0.2);
        _world.Seen.Count.ShouldBe(2);
        _world.Begin("empty dns");
        _world.Do(new AirRequest.ResolveHost(4, FakeResolver.Known));
        _world.Run(0.2);
        _world.Seen[^1].Event.ShouldBe(new AirEvent.HostResolved(4, ""));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tls_fails_by_alert_or_hangs_for_ever(bool hang)
    {
        var phrase = hang ? "hang tls" : "fail tls";
        _world.Connect(1, tls: true);
        _world.Begin(phrase);
        _world.Open(2, LiveWorld.EchoHost, 443);
        _world.Do(new AirRequest.StartTls(2, LiveWorld.EchoHost));
        if (!hang) _world.Await<AirEvent.TlsFailed>().Connection.ShouldBe(2);
        _world.End(phrase);
        _world.Run(0.3);
        _world.Seen.Count(s => s.Event is AirEvent.TlsFailed).ShouldBe(hang ? 0 : 1);
        _world.Seen.ShouldNotContain(s => s.Event == new AirEvent.TlsOpened(2));
        _world.SendFrame(1, Beat);
        _world.Until(() => Answered(1), "the answer on the earlier connection");
    }

    [Fact]
    public void Tls_fails_at_the_named_host_and_so_often_only()
    {
        _world.Begin("fail tls at other.example");
        _world.Connect(1, tls: true);
        _world.Begin($"fail tls at {LiveWorld.EchoHost} 2 times");
        for (var connection = 2; connection <= 3; connection++)
        {
            _world.Open(connection, LiveWorld.EchoHost, 443);
            _world.Do(new AirRequest.StartTls(connection, LiveWorld.EchoHost));
            _world.Await<AirEvent.TlsFailed>(e => e.Connection == connection);
        }

        _world.Connect(4, tls: true);
    }

    [Theory]
    [InlineData("to module", true)]
    [InlineData("from module", false)]
    public void A_slow_link_of_one_direction_leaves_the_other_alone(string direction, bool isBackSlow)
    {
        _world.Connect(1, "/ws/echo2");
        _world.Begin("slow link 4s 1000000B/s to module at other.example");
        _world.Begin($"slow link 4s 1000000B/s {direction} at {LiveWorld.EchoHost}");
        var start = _world.Now;
        _world.SendFrame(1, "beat");
        _world.Until(() => _world.Received(1).Contains("beat", StringComparison.Ordinal), "the echo");
        var heard = _world.Session.Last(e => e.Kind == "ws.text.in").At;
        var (there, back) = (heard - start, _world.At<AirEvent.TcpReceived>() - heard);
        var (slow, quick) = isBackSlow ? (back, there) : (there, back);
        slow.TotalSeconds.ShouldBeGreaterThan(1.9);
        quick.ShouldBeLessThan(slow);
    }

    [Fact]
    public void Connections_are_refused_so_often_and_no_more()
    {
        _world.Begin($"service down at {LiveWorld.EchoHost} 2 times");
        var address = _world.Network.Hosts.AddressOf(LiveWorld.EchoHost)!;
        for (var connection = 1; connection <= 2; connection++)
        {
            _world.Do(new AirRequest.OpenTcp(connection, address, 80));
            _world.Await<AirEvent.TcpRefused>(e => e.Connection == connection);
        }

        _world.Connect(3);
        _world.Kinds.Count(kind => kind == "tcp.refused").ShouldBe(2);
    }

    [Fact]
    public void Connections_are_dropped_so_often_and_no_more()
    {
        _world.Connect(1);
        _world.Begin($"drop connection at {LiveWorld.EchoHost} 2 times");
        _world.Await<AirEvent.TcpClosed>(e => e.Connection == 1).Reset.ShouldBeTrue();
        _world.Open(2, LiveWorld.EchoHost, 80);
        _world.Await<AirEvent.TcpClosed>(e => e.Connection == 2).Reset.ShouldBeTrue();
        _world.Connect(3);
    }

    [Fact]
    public void Names_fail_so_often_and_no_more()
    {
        _world.Begin($"fail dns of {FakeResolver.Known} 1 time");
        _world.Do(new AirRequest.ResolveHost(1, LiveWorld.EchoHost));
        _world.Await<AirEvent.HostResolved>(e => e.Query == 1);
        _world.Do(new AirRequest.ResolveHost(2, FakeResolver.Known));
        _world.Await<AirEvent.HostNotFound>(e => e.Query == 2);
        _world.Do(new AirRequest.ResolveHost(3, FakeResolver.Known));
        _world.Await<AirEvent.HostResolved>(e => e.Query == 3);
    }

    [Fact]
    public void A_slow_link_takes_its_round_trip_and_its_rate()
    {
        _world.Connect(1, "/ws/echo2");
        _world.Seen.Clear();
        _world.Begin("slow link 400ms 5000B/s");
        var start = _world.Now;
        _world.SendFrame(1, new string('x', 994)); // 1,002 bytes there, 998 back: 0.2 s each at that rate.
        _world.Until(() => _world.Received(1).Length == 998, "the echo");
        (_world.Now - start).TotalSeconds.ShouldBeGreaterThan(0.79);
        (_world.At<AirEvent.TcpAcknowledged>() - start).TotalSeconds.ShouldBeGreaterThan(0.39);
        _world.End("slow link 400ms 5000B/s");
        var beats = 0;
        _world.Until(() => Echo($"beat {++beats}") < TimeSpan.FromMilliseconds(400), "a sooner echo");

        TimeSpan Echo(string text)
        {
            start = _world.Now;
            _world.SendFrame(1, text);
            _world.Until(() => _world.Received(1).Contains(text, StringComparison.Ordinal), "the echo");
            return _world.Now - start;
        }
    }

    [Fact]
    public void Packets_on_a_slow_link_follow_each_other_closely()
    {
        _world.Connect(1, "/ws/echo2");
        _world.Begin("slow link 1s 1000000B/s");
        var start = _world.Now;
        for (var i = 0; i < 5; i++) _world.SendFrame(1, "beat " + i);
        _world.Until(() => _world.Received(1).Contains("beat 4", StringComparison.Ordinal), "the last echo");
        // One after the other they would take five round trips.
        (_world.Now - start).TotalSeconds.ShouldBeInRange(0.99, 4.9);
    }

    [Fact]
    public void A_service_that_is_down_resets_and_refuses_and_comes_back()
    {
        _world.Connect(1);
        using var peer = Foreign(2);
        var place = _world.Place(80);
        _world.Begin("service down at " + LiveWorld.EchoHost);
        _world.Await<AirEvent.TcpClosed>().ShouldBe(new AirEvent.TcpClosed(1, true));
        _world.Seen.ShouldNotContain(s => s.Event == new AirEvent.TcpClosed(2, true));
        _world.Do(new AirRequest.OpenTcp(3, _world.Network.Hosts.AddressOf(LiveWorld.EchoHost)!, 80));
        _world.Await<AirEvent.TcpRefused>().Connection.ShouldBe(3);
        _world.End("service down at " + LiveWorld.EchoHost);
        _world.Place(80).ShouldBe(place);
        _world.Connect(4);
    }

    [Fact]
    public void A_silent_host_is_reached_by_a_later_syn()
    {
        _world.Begin("silent host " + FakeResolver.Known);
        var accept = _server.Accept();
        _world.Do(new AirRequest.ResolveHost(1, FakeResolver.Known));
        _world.Await<AirEvent.HostResolved>();
        _world.Do(new AirRequest.OpenTcp(1, "127.0.0.1", _server.Port));
        _world.Connect(2); // Another host is not touched.
        _world.Run(0.2);
        _world.Seen.ShouldNotContain(s => s.Event == new AirEvent.TcpOpened(1));
        _world.End("silent host " + FakeResolver.Known);
        _world.Await<AirEvent.TcpOpened>(e => e.Connection == 1);
        using var peer = _world.During(accept);
        var opened = _world.Session.Last(e => e.Kind == "tcp.opened").At;
        (opened - _world.Session.First(e => e.Kind == "tcp.open").At).TotalSeconds.ShouldBeGreaterThan(2.9);
    }

    [Fact]
    public void A_forgotten_connection_answers_by_a_reset()
    {
        _world.Connect(1);
        _world.Begin("forget connections");
        _world.Run(0.2);
        _world.Seen.ShouldNotContain(s => s.Event is AirEvent.TcpClosed);
        _world.SendFrame(1, Beat);
        _world.Await<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
    }

    [Theory]
    [InlineData("close with 1001", "\u0088\u0002\u0003\u00E9")]
    [InlineData("close without frame", "")]
    public void The_service_ends_connections_its_own_ways(string phrase, string bytes)
    {
        _world.Connect(1);
        _world.Begin(phrase);
        _world.Await<AirEvent.TcpClosed>().Reset.ShouldBeFalse();
        _world.Received(1).ShouldBe(bytes);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(443)]
    public void A_frame_is_glued_to_the_101(int port)
    {
        _world.Begin("glue frame to 101 early");
        _world.Open(1, LiveWorld.EchoHost, port, port == 443);
        _world.Send(1, LiveWorld.Upgrade("/ws/echo"));
        _world.Await<AirEvent.TcpReceived>();
        _world.Received(1).ShouldEndWith("\r\n\r\n\u0081\u0005early");
    }

    [Fact]
    public void Datagrams_wait_on_a_slow_link_up_to_a_quota()
    {
        const string lost = "1048576 bytes of datagrams wait on a slow link; more are lost";
        _world.Begin("slow link 4s 10000kB/s");
        Send(15);
        _world.Notices.ShouldNotContain(lost);
        _world.Run(2.5);
        Send(15);
        _world.Notices.ShouldNotContain(lost);
        Send(2);
        _world.Notices.Count(notice => notice == lost).ShouldBe(1);

        void Send(int count)
        {
            for (var i = 0; i < count; i++) _world.Do(new AirRequest.SendUdp(1, "127.0.0.1", 9, new byte[65_000]));
        }
    }

    [Fact]
    public void Datagrams_are_lost_in_a_black_hole()
    {
        var address = _world.Network.Hosts.AddressOf("dev_msg1.openluat.com")!;
        _world.Begin("black hole");
        _world.Do(new AirRequest.SendUdp(1, address, 12425, "lost"u8.ToArray()));
        _world.Run(0.2);
        _world.Kinds.ShouldNotContain("udp.in");
        _world.End("black hole");
        _world.Do(new AirRequest.SendUdp(1, address, 12425, "told"u8.ToArray()));
        _world.Await<AirEvent.UdpReceived>().Address.ShouldBe(address);
        _world.Kinds.Where(k => k.StartsWith("udp", StringComparison.Ordinal))
            .ShouldBe(["udp.tx", "udp.tx", "udp.in", "udp.out", "udp.rx"]);
    }

    [Fact]
    public void A_fault_of_one_modem_is_no_other_modems()
    {
        _world.Do(new AirRequest.Radio(true), "2");
        var address = _world.Network.Hosts.AddressOf(LiveWorld.EchoHost)!;
        _world.Begin("black hole", "2");
        _world.Do(new AirRequest.OpenTcp(1, address, 80), "2");
        _world.Connect(1);
        _world.Session.ShouldNotContain(e => e.Kind == "tcp.opened" && e.Modem == "2");
        _world.Session.ShouldContain(e => e.Kind == "service.accept" && e.Modem == "1");
    }

    private bool Answered(int connection) => _world.Received(connection).Contains("airtun", StringComparison.Ordinal);

    private Socket Foreign(int connection)
    {
        var accept = _server.Accept();
        _world.Open(connection, FakeResolver.Known, _server.Port);
        return _world.During(accept);
    }
}
