using AirHil.Hunt.Triage;
using AirHil.Modem.Sessions;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Tests.Triage;

public sealed class CauseTests
{
    private static readonly Property Alive = new ConnectedAgain(Subject.S(20));

    [Fact]
    public void Numbers_and_texts_do_not_part_findings() =>
        Cause.Of(Broken(Alive, "\"R,3\" came at 9.5 s and has not arrived"), new LastState(), Subject.S(60)).ShouldBe(
            Cause.Of(Broken(Alive, "\"R,77\" came at 31 s and has not arrived"), new LastState(), Subject.S(60)));

    [Fact]
    public void The_state_of_the_connection_parts_them()
    {
        var state = new LastState();
        state.Feed(new TcpOpening(Subject.S(5), new Connection(1, "meter.example", 80), "198.18.0.1"));
        Cause.Of(Broken(Alive, "x"), state, Subject.S(60)).ShouldBe(new Cause(Alive.Clause, "x", "opens TCP", null));
    }

    [Fact]
    public void A_handshake_without_an_end_is_a_truth_of_the_firmware()
    {
        var state = new LastState();
        state.Feed(new TlsStarted(Subject.S(5), new Connection(1, "meter.example", 443)));
        Cause.Of(Broken(Alive, "x"), state, Subject.S(64)).Truth.ShouldBeNull();
        Cause.Of(Broken(Alive, "x"), state, Subject.S(65)).Truth!.Text.ShouldContain("TLS handshake");
        Cause.Of(Broken(new NeverRestarts(), "x"), state, Subject.S(65)).Truth.ShouldBeNull();
    }

    [Fact]
    public void A_text_message_that_the_network_loses_is_a_truth_of_the_firmware()
    {
        var arrives = new EveryTextArrives(
            "R,{no}", Place.Parse("UART 1"), Place.Parse("phone 13800000000"), "{no}", Subject.S(10));
        var state = new LastState();
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull();
        state.Feed(new SmsLost(Subject.S(9), "+8613900000000", "7"));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("it was for somebody else");
        state.Feed(new SmsLost(Subject.S(10), "+8613800000000", "7"));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth!.WayRound
            .ShouldContain("sms.send has returned true");
        Cause.Of(Broken(Alive, "x"), state, Subject.S(60)).Truth
            .ShouldBeNull("the connection has nothing to do with it");
        state.Feed(new SmsSubmitted(Subject.S(11), "+8613800000000", "8", default));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldNotBeNull("that was another text");
        state.Feed(new SmsSubmitted(Subject.S(12), "+8613800000000", "7", default));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("the script has sent it again");
    }

    private static Violation Broken(Property property, string how) => new(property, Subject.S(60), how, 1);
}
