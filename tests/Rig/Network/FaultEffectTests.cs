using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Rig.Service;

namespace AirHil.Rig.Tests.Network;

/// <summary>What each fault does to a connection, seen from the modem.</summary>
public sealed class FaultEffectTests
{
    private const string Beat = "{\"action\":\"echo\"}";

    private static AirWorld Connected(string path = "/ws/echo", bool tls = false)
    {
        var world = new AirWorld();
        world.Connect(1, path, tls);
        return world;
    }

    [Fact]
    public void Coverage_goes_and_comes_and_the_data_follows_by_repetition()
    {
        var world = Connected();
        var start = world.Now;
        world.Begin(new DropCoverage());
        world.Only<AirEvent.CoverageChanged>().Covered.ShouldBeFalse();
        world.SendText(1, Beat);
        world.Run(3.5);
        world.Seen.Count.ShouldBe(1);
        world.End(new DropCoverage());
        world.Seen[^1].Event.ShouldBe(new AirEvent.CoverageChanged(true));
        world.Run(5);

        // Sent at 0, repeated after 1 s, 3 s and 7 s: the last one passes.
        (world.At<AirEvent.TcpAcknowledged>() - start).TotalSeconds.ShouldBe(7.078, 0.0011);
        world.Received(1).ShouldContain("airtun");
    }

    [Fact]
    public void A_black_hole_tells_nobody()
    {
        var world = Connected();
        world.Begin(new BlackHole());
        world.SendText(1, Beat);
        world.Do(new AirRequest.ResolveHost(1, AirWorld.EchoHost));
        world.Run(30);
        world.Seen.ShouldBeEmpty();
        world.End(new BlackHole());
        world.Run(40);
        world.Received(1).ShouldContain("airtun");
    }

    [Fact]
    public void A_link_with_short_interruptions_carries_what_is_sent_between_them()
    {
        var world = Connected();
        var start = world.Now;
        var fault = new InterruptLink(TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(4));
        world.Begin(fault);
        world.SendText(1, Beat);
        world.Run(0.9);
        world.Seen.ShouldBeEmpty("a gap begins at once");
        world.Run(2);

        // Repeated after 1 s, when the first gap is over.
        (world.At<AirEvent.TcpAcknowledged>() - start).TotalSeconds.ShouldBe(1.078, 0.0011);
        world.Seen.Clear();
        world.Run(1.3);
        world.SendText(1, Beat);
        world.Run(0.5);
        world.Seen.ShouldBeEmpty("the second gap is from 4 s to 4.9 s");
        world.End(fault);
        world.Run(5);
        world.Seen.ShouldContain(seen => seen.Event is AirEvent.TcpAcknowledged);
    }

    [Fact]
    public void A_fading_signal_is_told_decibel_by_decibel_and_ends_as_it_was()
    {
        var world = new AirWorld();
        var fault = new FadeSignal(
            new ChangeSignal(-85, -8, 18), new ChangeSignal(-95, -12, 13), TimeSpan.FromSeconds(20));
        world.Begin(fault);
        world.Run(1.9);
        Signals().ShouldBe([(-85, -8, 18)]);
        world.Run(8.2);
        Signals()[^1].ShouldBe((-90, -10, 16));
        world.Run(30);
        Signals().Select(s => s.Item1).ShouldBe(Enumerable.Range(85, 11).Select(dbm => (int?)-dbm));
        Signals()[^1].ShouldBe((-95, -12, 13));
        world.End(fault);
        Signals()[^1].ShouldBe((null, null, null));

        (int?, int?, int?)[] Signals() =>
        [
            .. world.Seen.Select(s => s.Event).OfType<AirEvent.CellChanged>()
                .Select(e => (e.Conditions.RsrpDbm, e.Conditions.RsrqDb, e.Conditions.SnrDb)),
        ];
    }

    [Fact]
    public void What_a_module_has_forgotten_is_not_repeated_and_does_not_come_later()
    {
        var world = Connected("/ws/echo2");
        world.Begin(new BlackHole());
        world.SendText(1, "ghost");
        world.Run(0.5);
        world.Do(new AirRequest.ForgetTcp(1));
        world.End(new BlackHole());
        world.Run(60);
        world.Kinds.ShouldContain("tcp.abandoned");
        world.Kinds.ShouldNotContain("ws.text.in");
        world.Do(new ServiceInput.SendText(null, "push"));
        world.Run(5);
        world.Session.Single(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
        world.Seen.ShouldBeEmpty();
    }

    [Fact]
    public void A_black_hole_that_outlasts_both_ends_leaves_each_alone()
    {
        var world = Connected();
        world.Begin(new BlackHole());
        var start = world.Now;
        world.SendText(1, Beat);
        world.Do(new ServiceInput.SendText(null, "push"));
        world.Run(3000);
        (world.At<AirEvent.TcpClosed>() - start).ShouldBe(TimeSpan.FromSeconds(127));
        world.Seen.Count.ShouldBe(1);
        world.Session.Single(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
        (world.Session.Single(e => e.Kind == "ws.gone").At - start).TotalSeconds.ShouldBeInRange(600, 1200);
    }

    [Fact]
    public void A_lost_acknowledgement_delays_sent_and_doubles_nothing()
    {
        var world = Connected("/ws/echo2");
        world.SendText(1, "once");
        world.Run(0.045);
        world.Begin(new BlackHole());
        world.Run(0.5);
        world.End(new BlackHole());
        world.Seen.ShouldBeEmpty();
        world.Run(5);
        world.Only<AirEvent.TcpAcknowledged>();
        world.Received(1)[2..].ShouldBe("once");
        world.Session.Count(e => e.Kind == "ws.text.in").ShouldBe(1);
    }

    [Fact]
    public void A_dropped_connection_is_reset_at_both_ends()
    {
        var world = Connected();
        world.Begin(new ResetConnections());
        world.Only<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
        world.Session.Single(e => e.Kind == "ws.gone").Text.ShouldBe("reset");
        world.Seen.Clear();
        world.Connect(2);
    }

    [Fact]
    public void A_connection_with_another_host_is_not_dropped()
    {
        var world = Connected();
        world.Begin(new ResetConnections { Limits = new(Host: "other.example") });
        world.Run(5);
        world.Seen.ShouldBeEmpty();
        world.Begin(new ResetConnections { Limits = new(Host: AirWorld.EchoHost) });
        world.Only<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
    }

    [Fact]
    public void Dns_fails_for_the_named_host_only()
    {
        var world = new AirWorld();
        world.Begin(new FailDns { Limits = new(Host: AirWorld.EchoHost) });
        world.Do(new AirRequest.ResolveHost(1, AirWorld.EchoHost));
        world.Do(new AirRequest.ResolveHost(2, "dev_msg1.openluat.com"));
        world.Run(1);
        world.Only<AirEvent.HostNotFound>().Query.ShouldBe(1);
        world.Only<AirEvent.HostResolved>().Query.ShouldBe(2);
        world.Hints.ShouldBeEmpty();
    }

    [Fact]
    public void A_query_that_is_lost_on_the_way_is_none_of_the_times()
    {
        var world = new AirWorld();
        world.Begin(new FailDns { Limits = new(Times: 1) });
        world.Begin(new BlackHole());
        world.Do(new AirRequest.ResolveHost(1, AirWorld.EchoHost));
        world.Run(1);
        world.End(new BlackHole());
        world.Do(new AirRequest.ResolveHost(2, AirWorld.EchoHost));
        world.Run(1);
        world.Only<AirEvent.HostNotFound>().Query.ShouldBe(2);
        world.Do(new AirRequest.ResolveHost(3, AirWorld.EchoHost));
        world.Run(1);
        world.Only<AirEvent.HostResolved>().Query.ShouldBe(3);
    }

    [Fact]
    public void Silent_dns_answers_nothing_until_it_ends()
    {
        var world = new AirWorld();
        world.Begin(new FailDns(true));
        world.Do(new AirRequest.ResolveHost(1, AirWorld.EchoHost));
        world.Run(10);
        world.Seen.ShouldBeEmpty();
        world.End(new FailDns(true));
        world.Do(new AirRequest.ResolveHost(2, AirWorld.EchoHost));
        world.Run(1);
        world.Only<AirEvent.HostResolved>().Query.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Tls_fails_by_alert_or_hangs_for_ever(bool hang)
    {
        var world = new AirWorld();
        world.Begin(new FailTls(hang));
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 443));
        world.Run(1);
        world.Do(new AirRequest.StartTls(1, AirWorld.EchoHost));
        world.Run(5);
        world.End(new FailTls(hang));
        world.Run(3600);
        world.Seen.Count(s => s.Event is AirEvent.TlsFailed).ShouldBe(hang ? 0 : 1);
        world.Seen.ShouldNotContain(s => s.Event is AirEvent.TlsOpened);
    }

    [Fact]
    public void A_slow_link_takes_its_round_trip_and_its_rate()
    {
        var world = Connected("/ws/echo2");
        world.Begin(new SlowLink(TimeSpan.FromSeconds(2), 1000));
        var start = world.Now;
        world.SendText(1, new string('x', 954)); // With frame and segment headers: 1,002 bytes.
        world.Run(10);
        (world.At<AirEvent.TcpAcknowledged>() - start).TotalSeconds.ShouldBe(3.002, 0.001);
        (world.At<AirEvent.TcpReceived>() - start).TotalSeconds.ShouldBe(4.0, 0.01);
    }

    [Fact]
    public void A_service_that_is_down_resets_and_refuses_and_comes_back()
    {
        var world = Connected();
        world.Begin(new RefuseConnections());
        world.Run(1);
        world.Only<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
        world.Do(new AirRequest.OpenTcp(2, world.Hosts.AddressOf(AirWorld.EchoHost)!, 80));
        world.Run(1);
        world.Only<AirEvent.TcpRefused>().Connection.ShouldBe(2);
        world.End(new RefuseConnections());
        world.Seen.Clear();
        world.Connect(3);
    }

    [Fact]
    public void A_silent_host_is_reached_by_a_later_syn()
    {
        var world = new AirWorld();
        world.Begin(new SilentHost { Limits = new(Host: AirWorld.EchoHost) });
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 80));
        world.Run(4);
        world.Seen.ShouldBeEmpty();
        world.End(new SilentHost { Limits = new(Host: AirWorld.EchoHost) });
        world.Run(10);
        world.At<AirEvent.TcpOpened>().ShouldBe(TimeSpan.FromMilliseconds(6078));
    }

    [Fact]
    public void Data_on_a_forgotten_connection_is_answered_by_a_reset()
    {
        var world = Connected();
        world.Begin(new ForgetConnections());
        world.Run(60);
        world.Seen.ShouldBeEmpty();
        world.SendText(1, Beat);
        world.Run(1);
        world.Only<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
    }

    [Fact]
    public void A_reset_that_gets_lost_is_said_again()
    {
        var world = Connected();
        world.Begin(new ForgetConnections());
        world.SendText(1, Beat);
        world.Run(0.05);
        world.Begin(new BlackHole());
        world.Run(0.2);
        world.End(new BlackHole());
        world.Seen.ShouldBeEmpty();
        world.Run(10);
        world.Only<AirEvent.TcpClosed>().Reset.ShouldBeTrue();
    }

    [Theory]
    [InlineData("refuse upgrade with 503", "HTTP/1.1 503 Service Unavailable\r\n")]
    [InlineData("refuse upgrade with 401", "HTTP/1.1 401 Unauthorized\r\n")]
    [InlineData("stall upgrade", "")]
    [InlineData("fall silent", "")]
    public void Upgrades_are_refused_or_left_alone(string phrase, string begins)
    {
        var world = new AirWorld();
        world.Begin(FaultPhrase.Parse(phrase).Fault);
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 80));
        world.Run(1);
        foreach (var part in AirWorld.Upgrade("/ws/echo", 80))
        {
            world.Do(new AirRequest.SendTcp(1, System.Text.Encoding.ASCII.GetBytes(part)));
        }

        world.Run(60);
        world.Received(1).ShouldStartWith(begins);
        if (begins.Length == 0) world.Received(1).ShouldBeEmpty();
        else world.Only<AirEvent.TcpClosed>().Reset.ShouldBeFalse();
        world.Kinds.ShouldNotContain("ws.open");
        world.Session.Count(e => e.Kind == "ws.upgrade").ShouldBe(1);
    }

    [Fact]
    public void A_frame_is_glued_to_the_101()
    {
        var world = new AirWorld();
        world.Begin(new GlueFrameTo101("early"));
        world.Do(new AirRequest.OpenTcp(1, world.Hosts.AddressOf(AirWorld.EchoHost)!, 80));
        world.Run(1);
        foreach (var part in AirWorld.Upgrade("/ws/echo", 80))
        {
            world.Do(new AirRequest.SendTcp(1, System.Text.Encoding.ASCII.GetBytes(part)));
        }

        world.Run(1);
        world.Only<AirEvent.TcpReceived>();
        world.Received(1).ShouldEndWith("\r\n\r\n\u0081\u0005early");
    }

    [Theory]
    [InlineData("close with 1001", "\u0088\u0002\u0003\u00E9", true)]
    [InlineData("close without frame", "", true)]
    [InlineData("half frame", "\u0081\u002Ehalf of a frame that n", false)]
    public void The_service_ends_connections_its_own_ways(string phrase, string bytes, bool closes)
    {
        var world = Connected();
        world.Begin(FaultPhrase.Parse(phrase).Fault);
        world.Run(10);
        world.Received(1).ShouldBe(bytes);
        world.Seen.Any(s => s.Event is AirEvent.TcpClosed { Reset: false }).ShouldBe(closes);
    }

    [Fact]
    public void A_stalled_frame_swallows_what_comes_after()
    {
        var world = Connected("/ws/echo2");
        world.Begin(new HalfFrame());
        world.Run(1);
        world.Seen.Clear();
        world.SendText(1, "more");
        world.Run(10);
        world.Received(1).ShouldBeEmpty();
        world.Only<AirEvent.TcpAcknowledged>();
    }

    [Fact]
    public void An_oversize_frame_has_its_size()
    {
        var world = Connected();
        world.Begin(new OversizeFrame(4093));
        world.Run(1);
        world.Received(1).ShouldBe("\u0081\u007E\u000F\u00FD" + new string('x', 4093));
    }

    [Fact]
    public void Fragments_are_a_text_and_a_continuation()
    {
        var world = Connected("/ws/echo2");
        world.Begin(new Fragment());
        world.SendText(1, "halves");
        world.Run(1);
        world.Received(1).ShouldBe("\u0001\u0003hal\u0080\u0003ves");
    }

    [Fact]
    public void A_silent_service_acknowledges_and_says_nothing()
    {
        var world = Connected("/ws/echo2");
        world.Begin(new FallSilent());
        world.SendText(1, "hello?");
        world.Run(60);
        world.Seen.ShouldHaveSingleItem().Event.ShouldBeOfType<AirEvent.TcpAcknowledged>();
        world.End(new FallSilent());
        world.SendText(1, "again");
        world.Run(1);
        world.Received(1)[2..].ShouldBe("again");
    }

    [Fact]
    public void A_fault_that_never_began_ends_without_effect()
    {
        var world = Connected();
        world.End(new BlackHole());
        world.End(new FallSilent());
        world.Seen.ShouldBeEmpty();
    }
}
