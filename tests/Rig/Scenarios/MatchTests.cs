using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class MatchTests
{
    private const string Recv = "I/user.wsc\trecv\t{\n   \"a\": 1\n}\t1\t1";

    [Fact]
    public void Log_matchers_compare_whole_records()
    {
        Seen(Match.LogContains("\n   \"a\": 1\n"), Log(Recv)).ShouldBeTrue();
        Seen(Match.LogContains("recv\t{ "), Log(Recv)).ShouldBeFalse();
        Seen(Match.LogExactly(Recv), Log(Recv)).ShouldBeTrue();
        Seen(Match.LogExactly(Recv[1..]), Log(Recv)).ShouldBeFalse();
        Seen(Match.LogMatches(@"^I/user\.wsc\trecv\t\{\n.*\n\}\t1\t1$"), Log(Recv)).ShouldBeTrue();
        Seen(Match.LogMatches("^recv"), Log(Recv)).ShouldBeFalse();
        Seen(Match.AnyLog(), Log("")).ShouldBeTrue();
        Seen(Match.AnyLog(), new UartOut(default, 1, default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("he(l", "Not enough )'s")]
    [InlineData("(?=he)", "cannot be used: (?=…)")]
    [InlineData(@"(a)\1", "cannot be used")]
    [InlineData("((a{1000}){1000}){1000}", "cannot be used")]
    public void A_pattern_that_has_no_bound_of_time_is_refused(string pattern, string message) =>
        Should.Throw<FormatException>(() => Match.LogMatches(pattern)).Message.ShouldContain(message);

    [Fact]
    public void A_pattern_that_would_go_back_for_ever_is_quick() =>
        Seen(Match.LogMatches("^(a+)+$"), Log(new string('a', 50_000) + "!")).ShouldBeFalse();

    [Fact]
    public void A_modem_may_be_named()
    {
        var second = Log("x") with { Modem = "2" };
        Seen(Match.LogContains("x", "2"), second).ShouldBeTrue();
        Seen(Match.LogContains("x", "1"), second).ShouldBeFalse();
        Seen(Match.LogContains("x"), second).ShouldBeTrue();
    }

    [Fact]
    public void Starts_may_be_asked_for_by_reason()
    {
        var start = new ModemStarted(default, StartReason.Watchdog, "watchdog");
        Seen(Match.Started(), start).ShouldBeTrue();
        Seen(Match.Started("Watchdog"), start).ShouldBeTrue();
        Seen(Match.Started("Power"), start).ShouldBeFalse();
    }

    [Fact]
    public void Kinds_are_exact_or_begin_as_said()
    {
        Seen(Match.Event("ws.open"), Open).ShouldBeTrue();
        Seen(Match.Event("ws.ope"), Open).ShouldBeFalse();
        Seen(Match.Event("ws.*"), Open).ShouldBeTrue();
        Seen(Match.Event("ws.*"), new TcpOpening(default, new Connection(1, "h", 80), "")).ShouldBeFalse();
    }

    [Fact]
    public void Moments_match_by_kind_and_condition_and_so_do_starts()
    {
        var line = Log("x") with { Moment = new Moment.Connecting("host", 80), Boot = new Moment.Booted("") };
        var sighting = new Sighting(0, line);
        Match.Moment<Moment.Connecting>().Begin().Feed(sighting, 0).ShouldBeTrue();
        Match.Moment<Moment.Connecting>(c => c.Port == 443).Begin().Feed(sighting, 0).ShouldBeFalse();
        Match.Moment<Moment.Booted>().Begin().Feed(sighting, 0).ShouldBeTrue();
        Match.Moment<Moment.IpReady>().Begin().Feed(sighting, 0).ShouldBeFalse();
        Match.Moment<Moment.IpReady>().Description.ShouldBe("the module to have an address (IP_READY)");
        Match.Moment<Moment.DnsFailed>().Description.ShouldBe("the event dns failed");
    }

    [Fact]
    public void Bytes_are_found_across_events_and_other_bytes()
    {
        var scan = Match.UartText(1, "abcab").Begin();
        bool Feed(string text, int port = 1) =>
            scan.Feed(new Sighting(0, new UartOut(default, port, System.Text.Encoding.UTF8.GetBytes(text))), 0);

        Feed("xxab").ShouldBeFalse();
        Feed("other port", 2).ShouldBeFalse();
        Feed("c").ShouldBeFalse();
        Feed("ab!ab").ShouldBeTrue();
        scan.Used.ShouldBe(2);
    }

    private static bool Seen(Matcher matcher, SessionEvent e) => matcher.Begin().Feed(new Sighting(0, e), 0);

    private static SessionEvent Open => new UpgradeAccepted(default, new Connection(1, "h", 80), "ws://h/");

    private static LogLine Log(string text) => new(default, default, text);
}
