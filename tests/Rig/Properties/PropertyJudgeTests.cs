using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Messages;
using AirHil.Modem.Observation;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;
using AirHil.Rig.Observation;
using AirHil.Rig.Properties;

namespace AirHil.Rig.Tests.Properties;

/// <summary>Each property on a run that keeps it and on one that breaks it, with the text of the violation.</summary>
public sealed class PropertyJudgeTests
{
    private static readonly Place Service = Place.Parse("the service");
    private static readonly Place Uart = Place.Parse("UART 1");

    public static TheoryData<Property, string, string?> Runs() => new()
    {
        { new NeverRestarts(), "10 reset; 11 start reset line", null },
        { new NeverRestarts(), "10 exit main.lua:3: boom", "10 s: the Lua VM exited: main.lua:3: boom" },
        { new NeverRestarts(), "10 start watchdog", "10 s: the module restarted: watchdog" },
        { new ConnectedAgain(S(20)), "9 open 1; 40 gone 1; 59 open 2; 100 end", null },
        { new ConnectedAgain(S(20)), "100 end", "50 s: it has had no connection since 0 s" },
        { new ConnectedAgain(S(20)), "9 open 1; 40 gone 1; 61 open 2", "60 s: it has had no connection since 40 s" },
        { new ConnectedAgain(S(20)), "9 open 1; 40 fault; 41 gone 1; 90 fault over; 139 open 2", null },
        { new ConnectedAgain(S(20)), "9 open 1; 41 gone 1; 42 reset connections; 93 open 2",
            "92 s: it has had no connection since 41 s" },
        { new KeepsComing(Service, null, S(10)), "29 text a; 38 text b; 47 text c; 57 end",
            "57 s: the last came at 47 s" },
        { new KeepsComing(Service, null, S(10)), "29 text a; 38 text b; 47 text c; 56 end", null },
        { new KeepsComing(Service, "b{x}", S(10)), "29 text b1; 38 text a1; 41 end", "40 s: the last came at 29 s" },
        { new KeepsComing(Uart, "ok {x}", S(10)), "35 out o; 36 out k 7\\n; 45 end", null },
        { new EveryTextArrives("R,{no},{*}", Uart, Service, "{\"no\": no}", S(10)),
            "3 in R,1,x\\n; 8 in R,2,x\\n; 9 text {\"no\":2}; 49 end", null },
        { new EveryTextArrives("R,{no},{*}", Uart, Service, "{\"no\": no}", S(10)),
            "8 in R,0; 9 in 2,x\\nR,3,y\\n; 12 text {\"no\":2}; 40 end",
            "40 s: \"R,3,y\" came at 9 s and has not arrived" },
        { new EveryTextArrives("R,{no},{*}", Uart, Service, "{\"no\": no}", S(10)),
            "8 in R,1,x\\n; 9 cut; 90 end", null },
        { new EveryTextArrives("R,{no},{*}", Uart, Service, "{\"no\": no}", S(10)),
            "8 in R,1,x\\n; 8 noise; 9 in R,2,x\\n; 10 lose; 11 in R,3,x\\n; 12 lose over; 13 in R,4,x\\n; 90 end",
            null },
        { new EveryTextArrives("R,{no}", Uart, Service, "{\"no\": no}", S(10), Once: true),
            "1 in R,1\\n; 8 in R,2\\n; 9 text {\"no\":1}; 9 text {\"no\":2}; 9 text {\"no\":3}; 10 text {\"no\":3}; " +
            "49 end",
            null },
        { new EveryTextArrives("R,{no}", Uart, Service, "{\"no\": no}", S(10), Once: true),
            "8 in R,2\\n; 9 text {\"no\":2}; 10 in R,2\\n; 11 text {\"no\":2}; 12 text {\"no\":2}",
            "12 s: '{\"no\":2}' came out 3 times; what it is of came 2 times" },
        { new EveryTextArrives("R,{no}", Uart, Service, "{no}", S(10), Once: true),
            "8 in R,2\\n; 9 post 2; 9 status 503; 19 post 2; 19 status 200; 49 end", null },
        { new EveryTextArrives("R,{no}", Uart, Service, "{no}", S(10)),
            "8 in R,2\\n; 9 post 2; 9 status 503; 49 end", "40 s: \"R,2\" came at 8 s and has not arrived" },
        { new EveryTextArrives("R,{no}", Uart, Place.Parse("phone 13800000000"), "alarm {no}", S(10)),
            "8 in R,2\\n; 9 sms alarm 2; 49 end", null },
        { new EveryTextArrives("set {no}", Place.Parse("phone 13800000000"), Uart, "got {no}", S(10)),
            "8 sms to me set 2; 49 end", "40 s: \"set 2\" came at 8 s and has not arrived" },
        { new EveryTextArrives("gave {no}", Place.Parse("the service's log"), Place.Parse("the peer's log"), "{no}",
            S(10)), "8 served gave 2; 9 peer 2; 49 end", null },
        { new NeverRepeats(Place.Parse("the service's log"), "got {no}"),
            "1 peer got 1; 2 served got 1; 3 served got 1", "3 s: 1 comes 2 times, first at 2 s" },
        { new EveryTextArrives("R,{no}", Uart, Service, "{\"no\": no}", S(10), Once: true),
            "8 in R,2\\n; 49 end", "40 s: \"R,2\" came at 8 s and has not arrived" },
    };

    public static TheoryData<Property, string, string?> RunsOfTexts() => new()
    {
        { new NeverRepeats(Service, "no"), "1 text {\"no\":1}; 2 text {\"no\":2}; 3 text x", null },
        { new NeverRepeats(Service, "no"), "1 text {\"no\":1}; 2 text {\"no\":1.0}",
            "2 s: 1 comes 2 times, first at 1 s" },
        { new NeverRepeats(Service, "no", 2), "1 text {\"no\":1}; 2 text {\"no\":1}", null },
        { new AlwaysSameContent(Service, "no"), "1 text {\"no\":1}; 2 text {\"no\":1,\"v\":2}",
            "2 s: '{\"no\":1,\"v\":2}' was '{\"no\":1}' at 1 s" },
        { new NeverGoesBack(Service, "n={n}"), "1 text n=1; 2 text n=2; 3 text n=2", null },
        { new NeverGoesBack(Service, "n={n}"), "1 text n=10; 2 text n=9", "2 s: 9 comes after 10" },
        { new NeverGoesBack(Service, "n={n}"), "1 text n=1; 2 other n=3; 3 text n=2; 4 other n=4", null },
        { new NeverGoesBack(Service, "n={n}"), "1 text n=3; 2 other n=2", "2 s: 2 comes after 3" },
        { new NeverGoesBack(Service, "n={n}"), "1 other n=9; 2 text n=3; 3 text n=2", "3 s: 2 comes after 3" },
        { new NeverMoreThan(2, Service, S(5)), "1 text a; 2 text b; 6 text c", null },
        { new NeverMoreThan(2, Service, S(5)), "1 text a; 2 text b; 5 text c", "5 s: 3 since 1 s" },
        { new NeverMoreThan(1, null, S(5)), "1 syn 1; 5 syn 2", "5 s: 2 since 1 s" },
        { new FewConnections(1), "1 opened 1; 2 closed 1; 3 opened 2", null },
        { new FewConnections(1), "1 opened 1; 3 opened 2", "3 s: 2 are open, the last is #2 meter.example:80" },
        { new ConnectionsBegin("hello{*}"), "1 text hello you; 2 text data", null },
        { new ConnectionsBegin("hello{*}"), "1 text data; 2 text hello", "1 s: one begins with \"data\"" },
        { new Holds("{a}+{b}={c}", Service, "a + b == c and (last == nil or time > last.time)"), "1 text 1+2=3", null },
        { new Holds("{a}+{b}={c}", Service, "a + b == c"), "1 text 1+2=3; 2 text 2+2=5", "2 s: not for \"2+2=5\"" },
        { new Holds("{a}", Service, "last == nil or a == last.a + 1"), "1 text 1; 2 other 2; 3 text 2; 4 other 3",
            null },
        { new Holds("{a}", Service, "last == nil or a == last.a + 1"), "1 text 1; 2 other 3", "2 s: not for \"3\"" },
        { new Holds("{a}", Service, "a.x > 1"), "1 text 1",
            "1 s: \"1\": expression:1: attempt to index a number value (global 'a')" },
    };

    [Theory]
    [MemberData(nameof(Runs))]
    [MemberData(nameof(RunsOfTexts))]
    public void A_property_is_judged_at_the_first_moment_that_breaks_it(Property property, string run, string? broken)
    {
        var judge = Judge(property, run);
        judge.First?.ToString().ShouldBe($"expected that {property.Clause}; first broken at {broken}");
        (judge.First is null).ShouldBe(broken is null);
    }

    [Fact]
    public void How_near_a_run_came_is_told()
    {
        Judge(new NeverMoreThan(3, Service, S(5)), "1 text a; 2 text b; 9 text c").Nearness.ShouldBe([2]);
        Judge(new FewConnections(3), "1 opened 1; 2 opened 2; 3 closed 1").Nearness.ShouldBe([2]);
        Judge(new KeepsComing(Service, null, S(16)), "35 text a; 39 text b; 50 text c").Nearness.ShouldBe([5]);
        Judge(new ConnectedAgain(S(16)), "9 open 1; 40 gone 1; 46 open 2").Nearness.ShouldBe([3]);
        var arrives = new EveryTextArrives("{no}", Uart, Service, "{no}", S(16));
        Judge(arrives, "8 in 1\\n; 42 text 1").Nearness.ShouldBe([6]);
    }

    [Fact]
    public void What_could_not_be_judged_is_told_with_what_is_missing()
    {
        var judge = Judge(new NeverRepeats(Service, "no"), "1 text {\"number\":1}");
        judge.Unjudged.ShouldHaveSingleItem().Lacking.ShouldBe("no text at the service has \"no\"");
    }

    [Theory]
    [InlineData("49 end", "no text that fits \"{no}\" came while it could be expected to be read")]
    [InlineData("8 in 1; 49 end", "a text there is a line, and what came has no line end; write \"…\\r\\n\"")]
    [InlineData("8 in 1\\n; 39 end", "no text that fits \"{no}\" has arrived so far, and none is late yet")]
    [InlineData("8 in 1\\n; 9 text 1; 10 in 2\\n; 11 end", null)]
    public void Texts_that_wait_are_no_judgement(string run, string? lacking) =>
        Judge(new EveryTextArrives("{no}", Uart, Service, "{no}", S(10)), run).Unjudged
            .Select(one => one.Lacking).SingleOrDefault().ShouldBe(lacking);

    [Theory]
    [InlineData("a\n{no}\\n", "\"a\\n{no}\\\\n\"")]
    [InlineData("it's \\'{no}", "\"it's \\\\'{no}\"")]
    [InlineData("{\"it's\": no}", "'{\"it\\'s\": no}'")]
    public void A_clause_shows_its_patterns_as_steps_have_them(string pattern, string shown)
    {
        new NeverRepeats(Service, pattern).Clause.ShouldContain(shown);
        Escapes.ToText(shown[1..^1]).ShouldBe(pattern);
    }

    [Theory]
    [InlineData("40 connack 1; 45 subscribe 1 c 0, a/b 1; 90 end", null)]
    [InlineData("40.1234567 connack 1; 90 end", "it is connected since 40.123 s, and has not subscribed")]
    [InlineData("40 connack 1; 41 subscribe 1 a/b 0; 50 unsubscribe 1 a/b; 90 end", "it is connected since 40 s")]
    [InlineData("40 connack 1; 41 subscribe 1 a/b 0; 50 connack 2; 90 end", "it is connected since 50 s")]
    [InlineData("40 connack 1; 41 subscribe 1 a/b 0; 50 connack 2 kept; 90 end", null)]
    [InlineData("40 connack 1; 41 subscribe 1 a/b 0; 50 connack 11; 51 subscribe 11 c 0; 90 end", null)]
    [InlineData("40 connack 11; 42 connack 1; 43 subscribe 1 a/b 0; 50 connack 2; 90 end", "connected since 50 s")]
    [InlineData("40 connack 1; 45 cut; 90 end", null)]
    public void A_subscription_is_made_behind_each_connection(string run, string? how)
    {
        var first = Judge(new SubscribedAgain("a/b", S(10)), run).First;
        if (how is null) first.ShouldBeNull();
        else first.ShouldNotBeNull().How.ShouldContain(how);
    }

    [Theory]
    [InlineData("31 text a; 32 text b; 33 text c; 40 end", true)]
    [InlineData("28 text a; 29 text b; 31 text c; 32 text d; 60 end", false)]
    [InlineData("31 text a; 32 text b; 33 fault; 34 fault over; 70 text c; 90 end", false)]
    public void Texts_of_a_run_that_is_not_settled_do_not_count(string run, bool isBroken) =>
        (Judge(new NeverMoreThan(2, Service, S(60), Settled: true), run).First is not null).ShouldBe(isBroken);

    [Fact]
    public void A_clause_that_waits_is_not_judged_while_a_fault_acts() =>
        Judge(new ConnectedAgain(S(1)), "5 fault; 900 end").First.ShouldBeNull();

    /// <summary>Settling takes 30 s; power comes at 0.</summary>
    private static PropertyJudge Judge(Property property, string run)
    {
        var judge = new PropertyJudge([property], S(30));
        var index = 0L;
        judge.Feed(new Sighting(index++, new PowerApplied(TimeSpan.Zero)));
        foreach (var line in run.Split("; "))
        {
            var words = line.Split(' ', 3);
            var at = S(double.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
            if (words[1] == "end") judge.PassTo(at, index);
            else judge.Feed(new Sighting(index++, Event(at, words[1], words.Length > 2 ? words[2] : "")));
        }

        return judge;
    }

    private static SessionEvent Event(TimeSpan at, string kind, string rest) => kind switch
    {
        "reset" when rest.Length > 0 => new FaultBegan(at, new ResetConnections()),
        "reset" => new ResetPulled(at),
        "start" => new ModemStarted(
            at, rest == "watchdog" ? StartReason.Watchdog : StartReason.ResetLine, rest),
        "exit" => new LogLine(at, at, Encoding.UTF8.GetBytes(rest), null, new Moment.VmExit(rest)),
        "open" => new UpgradeAccepted(at, Numbered(rest), "ws://meter.example/feed"),
        "gone" => new ClientGone(at, Numbered(rest), ClientOf.WebSocket, false),
        "fault" when rest == "over" => new FaultEnded(at, new BlackHole()),
        "fault" => new FaultBegan(at, new BlackHole()),
        "noise" => new UartIn(at, 1, Bytes("x"), LineErrors: true),
        "lose" when rest == "over" => new FaultEnded(at, new LoseBytes(5)),
        "lose" => new FaultBegan(at, new LoseBytes(5)),
        "cut" => new PowerCut(at),
        "text" => new FrameIn(at, Numbered("1"), FrameKind.Text, Encoding.UTF8.GetBytes(rest)),
        "other" => new FrameIn(at, Numbered("2"), FrameKind.Text, Encoding.UTF8.GetBytes(rest)),
        "in" => new UartIn(at, 1, Bytes(rest)),
        "out" => new UartOut(at, 1, Bytes(rest)),
        "post" => new HttpRequested(at, Numbered("1"), "POST / HTTP/1.1", Bytes(rest)),
        "status" => new HttpAnswered(at, Numbered("1"), "HTTP/1.1 " + rest, default),
        "sms" when rest.StartsWith("to me ", StringComparison.Ordinal) =>
            new SmsDelivered(at, "13800000000", rest[6..], default),
        "sms" => new SmsSubmitted(at, "+8613800000000", rest, default),
        "served" => new ScriptLogged(at, "cloud.lua", rest) { Modem = "" },
        "peer" => new ScriptLogged(at, "meter.lua", rest),
        "syn" => new TcpOpening(at, Numbered(rest), "198.18.0.1"),
        "opened" => new TcpOpened(at, Numbered(rest)),
        "connack" => new MqttOut(
            at, Numbered(rest.Split(' ')[0]), MqttPacketType.Connack,
            new MqttFields(Flag: rest.EndsWith("kept", StringComparison.Ordinal))),
        "subscribe" => Packet(at, MqttPacketType.Subscribe, rest),
        "unsubscribe" => Packet(at, MqttPacketType.Unsubscribe, rest),
        "closed" => new TcpClosed(at, Numbered(rest), false),
        _ => throw new ArgumentException(kind, nameof(kind)),
    };

    private static MqttIn Packet(TimeSpan at, MqttPacketType type, string rest) =>
        new(at, Numbered(rest.Split(' ')[0]), type, new MqttFields(rest.Split(' ', 2)[1]));

    private static byte[] Bytes(string text) =>
        Encoding.UTF8.GetBytes(text.Replace("\\n", "\n", StringComparison.Ordinal));

    /// <summary>From 10 on to another port.</summary>
    private static Connection Numbered(string number)
    {
        var one = int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        return new(one, "meter.example", one < 10 ? 80 : 81);
    }

    private static TimeSpan S(double seconds) => TimeSpan.FromSeconds(seconds);
}
