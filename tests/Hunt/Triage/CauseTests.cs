using AirHil.Hunt.Triage;
using AirHil.Modem.Observation;
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
    public void The_end_of_an_earlier_connection_does_not_change_the_state()
    {
        var state = new LastState();
        var (first, second) = (new Connection(1, "meter.example", 80), new Connection(2, "meter.example", 80));
        state.Feed(new TcpOpened(Subject.S(5), first));
        state.Feed(new TcpOpened(Subject.S(40), second));
        state.Feed(new TcpTimedOut(Subject.S(50), first, AtService: false));
        (state.Words, state.Since).ShouldBe(("TCP is open", Subject.S(40)));
        state.Feed(new TcpClosed(Subject.S(60), second, Reset: false));
        state.Feed(new UpgradeAsked(Subject.S(61), second, default));
        (state.Words, state.Since).ShouldBe(("has lost its connection", Subject.S(60)), "it is a ghost at the service");
    }

    [Fact]
    public void Behind_a_short_connection_the_state_is_that_of_the_long_one()
    {
        var state = new LastState();
        var request = new Connection(2, "api.example", 80);
        state.Feed(new UpgradeAsked(Subject.S(5), new Connection(1, "meter.example", 80), default));
        state.Feed(new DnsAsked(Subject.S(39), "api.example"));
        state.Words.ShouldBe("asks for a name");
        state.Feed(new TcpOpened(Subject.S(40), request));
        state.Feed(new TcpClosed(Subject.S(41), request, Reset: false));
        (state.Words, state.Since).ShouldBe(("waits for the upgrade", Subject.S(5)));
    }

    [Fact]
    public void Whether_a_text_came_before_they_stopped_coming_parts_no_findings()
    {
        var comes = new KeepsComing(Place.Parse("the service"), null, Subject.S(10));
        Cause.Of(Broken(comes, "none has come at all"), new LastState(), Subject.S(60)).ShouldBe(
            Cause.Of(Broken(comes, "the last came at 31 s"), new LastState(), Subject.S(60)));
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
        state.Feed(new SmsLost(Subject.S(9), "+8613900000000", "7", ToModule: false));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("it was for somebody else");
        state.Feed(new SmsLost(Subject.S(10), "+8613800000000", "7", ToModule: true));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("that one was for the module");
        state.Feed(new SmsLost(Subject.S(10), "+8613800000000", "7", ToModule: false));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth!.WayRound
            .ShouldContain("sms.send has returned true");
        Cause.Of(Broken(Alive, "x"), state, Subject.S(60)).Truth
            .ShouldBeNull("the connection has nothing to do with it");
        state.Feed(new SmsSubmitted(Subject.S(11), "+8613800000000", "8", default));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldNotBeNull("that was another text");
        state.Feed(new SmsSubmitted(Subject.S(12), "+8613800000000", "7", default));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("the script has sent it again");
    }

    [Fact]
    public void A_lost_text_message_is_no_excuse_for_another()
    {
        var arrives = new EveryTextArrives(
            "R,{no}", Place.Parse("UART 1"), Place.Parse("phone 13800000000"), "alarm {no}", Subject.S(10));
        var state = new LastState();
        state.Feed(new SmsLost(Subject.S(10), "13800000000", "status", ToModule: false));
        state.Feed(new SmsLost(Subject.S(10), "13800000000", "alarm 6", ToModule: false));
        Cause.Of(Broken(arrives, "x") with { Awaited = "7" }, state, Subject.S(60)).Truth.ShouldBeNull();
        Cause.Of(Broken(arrives, "x") with { Awaited = "6" }, state, Subject.S(60)).Truth.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(true, "[331]", true)]
    [InlineData(true, "[0]", false)]
    [InlineData(false, "[331]", false)]
    public void A_text_message_that_finds_no_network_is_one_if_the_module_had_not_noticed(
        bool hasNetwork, string end, bool isTruth)
    {
        var arrives = new EveryTextArrives(
            "R,{no}", Place.Parse("UART 1"), Place.Parse("phone 13800000000"), "{no}", Subject.S(10));
        var state = new LastState();
        state.Feed(Log("D/mobile NETIF_LINK_ON -> IP_READY") with { Moment = new Moment.IpReady() });
        if (!hasNetwork) state.Feed(Log("D/mobile NETIF_LINK_OFF -> IP_LOSE") with { Moment = new Moment.IpLost() });
        // Text mode to another number, then a PDU of "七".
        state.Feed(Log("luat_sms_get_input_addr_info 691:[DIO 691]: addrLen = 11 | tmpAddrStr = 13900000000"));
        state.Feed(Log("luat_sms_send_msg 921:[DIO 921]: input: 7"));
        state.Feed(Log("luat_send_msg_call_cb 739:[DIO 739]: luat_send_msg_call_cb is in [236]"));
        state.Feed(Log("luat_sms_send_msg 921:[DIO 921]: input: 0001000D91683108000000F00008024E03"));
        state.Feed(Log("luat_send_msg_call_cb 739:[DIO 739]: luat_send_msg_call_cb is in [236]"));
        state.Feed(Log("luat_sms_def_send_cb 49:[DIO 49]: send message: [332]"));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("it was for somebody else");
        state.Feed(Log("luat_sms_def_send_cb 49:[DIO 49]: send message: " + end));
        (Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth is not null).ShouldBe(isTruth);
        state.Feed(new SmsSubmitted(Subject.S(12), "+8613800000000", "七", default));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("the script has sent it again");
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0001")]
    [InlineData("no hexadecimal")]
    public void A_script_that_prints_the_lines_of_a_text_message_stops_no_hunt(string input)
    {
        var state = new LastState();
        state.Feed(Log("D/mobile NETIF_LINK_ON -> IP_READY") with { Moment = new Moment.IpReady() });
        state.Feed(Log("luat_sms_send_msg : input: " + input));
        state.Feed(Log("luat_send_msg_call_cb "));
        state.Feed(Log("luat_sms_def_send_cb "));
        state.HasLostSms("13800000000", _ => true).ShouldBeFalse();
    }

    [Fact]
    public void An_answer_to_an_http_request_that_never_comes_is_a_truth_of_the_firmware()
    {
        var state = new LastState();
        var connection = new Connection(1, "meter.example", 80);
        state.Feed(new HttpRequested(Subject.S(5), connection, "GET / HTTP/1.1", default));
        Cause.Of(Broken(Alive, "x"), state, Subject.S(65)).Truth!.WayRound.ShouldContain("timeout");
        state.Feed(new HttpAnswered(Subject.S(6), connection, "HTTP/1.1 200 OK", default));
        Cause.Of(Broken(Alive, "x"), state, Subject.S(80)).Truth.ShouldBeNull("it has come");
    }

    [Fact]
    public void A_buffer_of_a_uart_that_is_full_is_a_truth_of_the_firmware()
    {
        var arrives = new EveryTextArrives(
            "R,{no}", Place.Parse("UART 1"), Place.Parse("the service"), "{no}", Subject.S(10));
        var state = new LastState();
        state.Feed(Log("prvUart_RxBufferAdd 398:uart2 rx 2,131072,131072!"));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth.ShouldBeNull("it was another UART");
        state.Feed(Log("prvUart_RxBufferAdd 398:uart1 rx 1,131072,131072!"));
        Cause.Of(Broken(arrives, "x"), state, Subject.S(60)).Truth!.Text.ShouldContain("drops what comes to a UART");
        Cause.Of(Broken(Alive, "x"), state, Subject.S(60)).Truth
            .ShouldBeNull("the connection has nothing to do with it");
    }

    private static LogLine Log(string line) =>
        new(Subject.S(9), Subject.S(9), line);

    private static Violation Broken(Property property, string how) => new(property, Subject.S(60), how, 1);
}
