using AirHil.Modem.Air;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Rig.Tests.Network;

public sealed class SimulatedNetworkTests
{
    private const string Beat = "{\"action\":\"echo\",\"msg\":\"Sat Oct 12 21:29:53 2024\"}";

    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    [Fact]
    public void The_way_to_ready_takes_what_the_golden_trace_took()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.ResolveHost(1, AirWorld.EchoHost));
        world.Run(0.095);
        var address = world.Only<AirEvent.HostResolved>().Address;
        world.Do(new AirRequest.OpenTcp(1, address, 443));
        world.Run(0.078);
        world.Only<AirEvent.TcpOpened>();
        world.Do(new AirRequest.StartTls(1, AirWorld.EchoHost));
        world.Run(1.22);
        world.At<AirEvent.TlsOpened>().ShouldBe(Ms(95 + 78 + 1220));
        foreach (var part in AirWorld.Upgrade("/ws/echo", 443))
        {
            world.Do(new AirRequest.SendTcp(1, System.Text.Encoding.ASCII.GetBytes(part)));
        }

        world.Run(1);
        world.At<AirEvent.TcpReceived>().ShouldBe(Ms(1472), Ms(2));
    }

    [Fact]
    public void The_acknowledgement_comes_one_millisecond_before_the_answer()
    {
        var world = new AirWorld();
        world.Connect(1);
        var start = world.Now;
        world.SendText(1, Beat);
        world.Run(1);
        (world.At<AirEvent.TcpAcknowledged>() - start).ShouldBe(Ms(78));
        (world.At<AirEvent.TcpReceived>() - start).ShouldBe(Ms(79));
        world.Only<AirEvent.TcpAcknowledged>().Bytes.ShouldBe(56); // Reference §3.9: 50 bytes make a 56-byte frame.
        world.Received(1)[2..]
            .ShouldBe(
                "{\n   \"action\": \"echo\",\n   \"msg\": \"Sat Oct 12 21:29:53 2024\",\n   \"server\": \"airtun\"\n}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Jitter_never_puts_the_answer_before_the_acknowledgement(int seed)
    {
        var world = new AirWorld(NetworkProfile.LteGood with { JitterMs = 30 }, seed: (ulong)seed);
        world.Connect(1);
        for (var i = 0; i < 50; i++)
        {
            world.Seen.Clear();
            world.SendText(1, Beat);
            world.Run(15);
            world.At<AirEvent.TcpAcknowledged>().ShouldBeLessThanOrEqualTo(world.At<AirEvent.TcpReceived>());
        }
    }

    [Fact]
    public void The_errdump_packet_is_answered_half_a_second_later()
    {
        var world = new AirWorld();
        var address = world.Hosts.AddressOf("dev_msg1.openluat.com")!;
        world.Do(new AirRequest.SendUdp(3, address, 12425, "a_LuatOS-SoC_V1112_EC618,1.0.0,8,,\r\n"u8.ToArray()));
        world.Run(1);
        var answer = world.Only<AirEvent.UdpReceived>();
        answer.Socket.ShouldBe(3);
        answer.Address.ShouldBe(address);
        answer.Bytes.ToArray().ShouldBe("OK"u8.ToArray());
        world.At<AirEvent.UdpReceived>().ShouldBe(Ms(478));
    }

    [Fact]
    public void An_unknown_name_is_answered_negatively_and_hinted_once()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.ResolveHost(1, "nobody.example"));
        world.Do(new AirRequest.ResolveHost(2, "nobody.example"));
        world.Run(1);
        world.Seen.Select(s => s.Event).ShouldBe([new AirEvent.HostNotFound(1), new AirEvent.HostNotFound(2)]);
        world.Hints.ShouldBe(["nobody.example"]);
    }

    [Fact]
    public void An_unknown_name_meets_silence_where_the_profile_says_so()
    {
        var world = new AirWorld(AirWorld.Steady with { UnknownHosts = UnknownHostPolicy.Silence });
        world.Do(new AirRequest.ResolveHost(1, "nobody.example"));
        world.Run(60);
        world.Seen.ShouldBeEmpty();
        world.Hints.ShouldBe(["nobody.example"]);
    }

    [Fact]
    public void A_port_without_a_service_refuses()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 8080));
        world.Run(1);
        world.Only<AirEvent.TcpRefused>();
    }

    [Fact]
    public void An_address_without_a_host_stays_silent()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.OpenTcp(1, "203.0.113.7", 80));
        world.Run(60);
        world.Seen.ShouldBeEmpty();
        world.Session.Single(e => e.Kind == "tcp.timeout").At.ShouldBe(TimeSpan.FromSeconds(18));
    }

    [Fact]
    public void Tls_to_a_port_that_speaks_plainly_fails()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 80));
        world.Run(1);
        world.Do(new AirRequest.StartTls(1, AirWorld.EchoHost));
        world.Run(10);
        world.Only<AirEvent.TlsFailed>();
        world.Seen.ShouldNotContain(s => s.Event is AirEvent.TlsOpened);
    }

    [Fact]
    public void Plain_bytes_to_a_port_that_speaks_tls_are_answered_by_a_reset()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 443));
        world.Run(1);
        world.Do(new AirRequest.SendTcp(1, "GET / HTTP/1.1\r\n\r\n"u8.ToArray()));
        world.Run(1);
        world.Only<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
    }

    [Fact]
    public void A_service_that_sends_on_a_connection_from_before_a_restart_is_reset()
    {
        var world = new AirWorld();
        world.Connect(1);
        world.Do(new AirRequest.Radio(true));
        world.Seen.Clear();
        world.Run(1);
        world.Kinds.ShouldNotContain("ws.gone");
        world.Do(new ServiceInput.SendText(null, "are you there?"));
        world.Run(1);
        world.Seen.ShouldBeEmpty();
        world.Session.Single(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
    }

    [Fact]
    public void After_a_restart_the_same_number_is_another_connection()
    {
        var world = new AirWorld();
        world.Connect(1);
        world.Do(new AirRequest.Radio(true));
        world.Seen.Clear();
        world.Connect(1, "/ws/echo2");
        world.Do(new ServiceInput.SendText("ws://echo.airtun.air32.cn/ws/echo2", "new"));
        world.Do(new ServiceInput.SendText("ws://echo.airtun.air32.cn/ws/echo", "old"));
        world.Run(1);
        world.Received(1)[2..].ShouldBe("new");
    }

    [Fact]
    public void A_closed_end_is_seen_by_the_service()
    {
        var world = new AirWorld();
        world.Connect(1);
        world.Do(new AirRequest.CloseTcp(1, false));
        world.Run(1);
        world.Session.Single(e => e.Kind == "ws.gone").Text.ShouldBe("fin");
        world.Connect(2);
        world.Do(new AirRequest.CloseTcp(2, true));
        world.Run(1);
        world.Session.Last(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
    }

    [Fact]
    public void Large_messages_come_in_segments_at_the_links_rate()
    {
        var world = new AirWorld(AirWorld.Steady with { DownlinkBytesPerSecond = 10_000 });
        world.Connect(1, "/ws/echo2");
        var start = world.Now;
        world.Do(new ServiceInput.SendText(null, new string('x', 5000)));
        world.Run(2);
        world.Seen.Count.ShouldBe(4);
        world.Received(1).Length.ShouldBe(5004);
        (world.Seen[^1].At - start).ShouldBe(Ms(516.4 + 39), Ms(1));
    }

    [Fact]
    public void Losses_delay_and_never_reorder()
    {
        var world = new AirWorld(AirWorld.Steady with { LossPercent = 30 });
        world.Connect(1, "/ws/echo2");
        for (var i = 0; i < 100; i++)
        {
            world.SendText(1, i.ToString("D3", System.Globalization.CultureInfo.InvariantCulture));
        }

        world.Run(120);
        world.Received(1).ShouldBe(string.Concat(Enumerable.Range(0, 100).Select(i => $"\u0081\u0003{i:D3}")));
    }

    [Fact]
    public void The_same_seed_gives_the_same_session_and_another_a_different_one()
    {
        static string Story(ulong seed)
        {
            var world = new AirWorld(NetworkProfile.LteGood with { LossPercent = 5 }, seed: seed);
            world.Connect(1);
            for (var i = 0; i < 20; i++)
            {
                world.SendText(1, Beat);
                world.Run(15);
            }

            return string.Join('\n', world.Session.Select(e => $"{e.At.Ticks} {e.Kind} {e.Text}"));
        }

        Story(7).ShouldBe(Story(7));
        Story(7).ShouldNotBe(Story(8));
    }

    [Fact]
    public void A_queue_that_grows_beyond_its_limit_resets_the_connection()
    {
        var world = new AirWorld();
        world.Connect(1);
        world.Begin(new AirHil.Modem.Faults.BlackHole());
        for (var i = 0; i < 3; i++) world.Do(new AirRequest.SendTcp(1, new byte[1_000_000]));
        world.Kinds.ShouldContain("tcp.queue.full");
    }

    [Fact]
    public void A_connection_opened_twice_is_the_callers_mistake()
    {
        var world = new AirWorld();
        world.Connect(1);
        Should.Throw<ArgumentException>(() => world.Do(new AirRequest.OpenTcp(1, "198.18.0.1", 80)));
    }

    [Fact]
    public void Two_modems_do_not_hear_each_other()
    {
        var world = new AirWorld();
        world.Do(new AirRequest.Radio(true), "2");
        world.Connect(1);
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 80), "2");
        world.Run(1);
        world.Do(new AirRequest.CloseTcp(1, true), "2");
        world.Run(1);
        world.Seen.Clear();
        world.SendText(1, Beat);
        world.Run(1);
        world.Received(1).ShouldContain("airtun");
    }

    [Fact]
    public void A_day_of_beats_costs_little()
    {
        var world = new AirWorld(NetworkProfile.LteGood);
        world.Connect(1, tls: true);
        for (var i = 0; i < 5760; i++)
        {
            world.SendText(1, Beat);
            world.Run(15);
        }

        world.Seen.Count(s => s.Event is AirEvent.TcpReceived).ShouldBe(5760);
        world.Seen.Count(s => s.Event is AirEvent.TcpAcknowledged).ShouldBe(5760);
    }
}
