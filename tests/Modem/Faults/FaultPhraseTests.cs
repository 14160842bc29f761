using AirHil.Modem.Air;
using AirHil.Modem.Faults;

namespace AirHil.Modem.Tests.Faults;

public sealed class FaultPhraseTests
{
    public static TheoryData<string, Fault, double> Phrases => new()
    {
        { "drop coverage for 30s", new DropCoverage(), 30 },
        { "drop connection", new ResetConnections(), 0 },
        { "drop connection at echo.test", new ResetConnections { Limits = new(Host: "echo.test") }, 0 },
        { "black hole for 10m", new BlackHole(), 600 },
        { "fail dns for 1m", new FailDns(), 60 },
        { "fail dns of echo.test for 1m", new FailDns { Limits = new(Host: "echo.test") }, 60 },
        { "silence dns", new FailDns(true), 0 },
        { "empty dns for 1m", new EmptyDns(), 60 },
        { "empty dns of echo.test", new EmptyDns { Limits = new(Host: "echo.test") }, 0 },
        { "fail tls for 1m", new FailTls(), 60 },
        { "hang tls", new FailTls(true), 0 },
        { "slow link 2s 1000B/s for 5m", new SlowLink(TimeSpan.FromSeconds(2), 1000), 300 },
        { "slow link 500ms 2kB/s", new SlowLink(TimeSpan.FromMilliseconds(500), 2000), 0 },
        { "service down for 5m", new RefuseConnections(), 300 },
        { "service down at echo.test", new RefuseConnections { Limits = new(Host: "echo.test") }, 0 },
        { "silent host", new SilentHost(), 0 },
        { "refuse upgrade with 503 for 1m", new RefuseUpgrade(503), 60 },
        { "stall upgrade for 1.5 h", new StallUpgrade(), 5400 },
        { "glue frame to 101", new GlueFrameTo101(), 0 },
        { "glue frame to 101 hello there for 2s", new GlueFrameTo101("hello there"), 2 },
        { "close with 1001", new CloseWithFrame(1001), 0 },
        { "close without frame", new CloseWithoutFrame(), 0 },
        { "  forget   connections ", new ForgetConnections(), 0 },
        { "fall silent for 20s", new FallSilent(), 20 },
        { "fragment frames", new Fragment(), 0 },
        { "oversize frame 5000", new OversizeFrame(5000), 0 },
        { "half frame", new HalfFrame(), 0 },
        { "answer http with 503 for 20s", new AnswerStatus(503), 20 },
        { "cut http bodies", new CutBodies(), 0 },
        { "refuse mqtt with 5 for 1m", new RefuseConnect(5), 60 },
        { "deny registration with 11 for 1m", new DenyRegistration(11), 60 },
        { "slow registration 30s", new SlowRegistration(TimeSpan.FromSeconds(30)), 0 },
        { "roam for 1m", new Roam(), 60 },
        { "signal -120 -18 -5", new ChangeSignal(-120, -18, -5), 0 },
        { "fade -80 -8 20 to -125 -18 -8 over 30s for 1m",
            new FadeSignal(
                new ChangeSignal(-80, -8, 20), new ChangeSignal(-125, -18, -8), TimeSpan.FromSeconds(30)),
            60 },
        { "interrupt link 300ms every 2s for 1m",
            new InterruptLink(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2)), 60 },
        { "cell 192756611 18511", new ChangeCell(192_756_611, 18_511), 0 },
        { "cells 192756611,18511,39,387,-75 0,0,3,12,-95,-12,4,1650 for 1m",
            new PlaceCells(CellList.Parse("192756611,18511,39,387,-75 0,0,3,12,-95,-12,4,1650")), 60 },
        { "refuse sms with 38 for 1m", new RefuseSms(38), 60 },
        { "lose sms", new LoseSms(), 0 },
        { "hold sms for 20s", new HoldSms(), 20 },
        { "withhold puback", new WithholdPackets(MqttPacketType.Puback), 0 },
        { "lose packets 30 for 1m", new LosePackets(30), 60 },
        { "network clock 1h ahead", new WrongClock(TimeSpan.FromHours(1)), 0 },
        { "network clock 90s behind for 1m", new WrongClock(TimeSpan.FromSeconds(-90)), 60 },
        { "drop messages 20 for 1m", new DropMessages(20), 60 },
        { "drop messages 20 to module", new DropMessages(20) { Limits = new(true) }, 0 },
        { "double messages 100 from module at echo.test with 'no: 5' for 1m",
            new DoubleMessages(100) { Limits = new(false, "echo.test", Text: "no: 5") }, 60 },
        { "double messages 5 with 'wait\\x20for\\x20it'",
            new DoubleMessages(5) { Limits = new(Text: "wait for it") }, 0 },
        { "delay messages 50 2s at echo.test", new DelayMessages(50, TimeSpan.FromSeconds(2))
            { Limits = new(Host: "echo.test") }, 0 },
        { "silent host echo.test", new SilentHost { Limits = new(Host: "echo.test") }, 0 },
        { "silent host at echo.test", new SilentHost { Limits = new(Host: "echo.test") }, 0 },
        { "fail dns 1 time for 1m", new FailDns { Limits = new(Times: 1) }, 60 },
        { "fail dns at echo.test 3 times", new FailDns { Limits = new(Host: "echo.test", Times: 3) }, 0 },
        { "hang tls 2 times at echo.test", new FailTls(true) { Limits = new(Host: "echo.test", Times: 2) }, 0 },
        { "drop connection 2 times for 1m", new ResetConnections { Limits = new(Times: 2) }, 60 },
        { "lose packets 30 from module at echo.test 9 times",
            new LosePackets(30) { Limits = new(false, "echo.test", Times: 9) }, 0 },
        { "slow link 2s 1kB/s to module", new SlowLink(TimeSpan.FromSeconds(2), 1000) { Limits = new(true) }, 0 },
        { "lose sms to module with 'off' 1 time", new LoseSms { Limits = new(true, Text: "off", Times: 1) }, 0 },
        { "garble uart bytes 5 from module at uart 2 for 1m",
            new GarbleBytes(5) { Limits = new(false, Port: 2) }, 60 },
        { "lose sms with 'it\\'s\\x20\\x22für\\x20\\x27\\x20for\\n' 2 times for 1m",
            new LoseSms { Limits = new(Text: "it's \"für ' for\n", Times: 2) }, 60 },
        { "fail tls at bücher.example for 1m", new FailTls { Limits = new(Host: "bücher.example") }, 60 },
        { "delay messages 50 2s for 3s", new DelayMessages(50, TimeSpan.FromSeconds(2)), 3 },
    };

    [Theory]
    [MemberData(nameof(Phrases))]
    public void A_phrase_is_read(string phrase, Fault fault, double seconds) =>
        FaultPhrase.Parse(phrase).ShouldBe((fault, seconds > 0 ? TimeSpan.FromSeconds(seconds) : null));

    [Theory]
    [MemberData(nameof(Phrases))]
    public void A_phrase_is_written_as_it_is_read(string phrase, Fault fault, double seconds)
    {
        var written = FaultPhrase.Format(fault, seconds > 0 ? TimeSpan.FromSeconds(seconds) : null);
        FaultPhrase.Parse(written).ShouldBe(FaultPhrase.Parse(phrase));
    }

    [Theory]
    [InlineData("", "A fault is expected")]
    [InlineData("drop everything", "expected 'drop coverage' or 'drop connection [at HOST] [N times]'")]
    [InlineData("explode", "expected a phrase that begins with drop, black, fail, silence")]
    [InlineData("drop coverage for 30", "has no unit")]
    [InlineData("drop coverage for", "is not a duration")]
    [InlineData("drop connection for 30s", "happens at one moment")]
    [InlineData("refuse upgrade with 7", "expected 200 to 599")]
    [InlineData("refuse upgrade with yes", "'yes' is not an HTTP status")]
    [InlineData("close with 99", "expected 1000 to 4999")]
    [InlineData("slow link 2s fast", "write it as 1000B/s")]
    [InlineData("slow link 2s", "expected 'slow link DURATION RATE [to|from module] [at HOST]'")]
    [InlineData("oversize frame 0", "expected 1 to 1000000")]
    [InlineData("fade -80 -8 20 to -125 -18 over 30s", "expected 'fade RSRP RSRQ SNR to RSRP RSRQ SNR over DURATION'")]
    [InlineData("fade -80 -8 20 to -125 -18 0 over 0s", "'0s' is less than 1 ms")]
    [InlineData("cells 1,2,39,387", "a cell is written as CID,TAC,BAND,PCI,RSRP")]
    [InlineData("cells 1,2,7,387,-75", "the module has no band 7; it has 1, 3, 5, 8, 34, 38, 39, 40, 41")]
    [InlineData("cells 0,2,39,387,-75", "'0' is not a cell identity (cid); expected 1 to 268435455")]
    [InlineData("cells 1,2,39,387,-75,,,1650", "'1650' is not a channel (earfcn) of band 39; expected 38250 to 38649")]
    [InlineData("cells 1,2,39,387,-75 1,2,39,388,-75", "the cell 1 is there twice")]
    [InlineData("cells", "expected 'cells CELLS'")]
    [InlineData("interrupt link 2s every 2s", "'2s' is not longer than a gap of 2s")]
    [InlineData("drop messages 0", "expected 1 to 100")]
    [InlineData("drop messages 5 to nobody", "[to|from module] [at HOST] [with 'TEXT'] [N times] is expected here")]
    [InlineData("drop messages 5 to module from module", "each once at most, got: from module")]
    [InlineData("fail dns to module", "[of HOST] [N times] is expected here")]
    [InlineData("fail dns 0 times", "'0' is not a number of times")]
    [InlineData("close with 1001 2 times", "[at HOST] is expected here")]
    [InlineData("drop coverage at echo.test", "nothing is expected here, got: at echo.test")]
    [InlineData("lose uart bytes 5 at uart 99", "'99' is not a port")]
    [InlineData("double messages 5 with text", "a text in quotes is expected")]
    public void A_mistake_is_told_with_what_was_expected(string phrase, string message) =>
        Should.Throw<FormatException>(() => FaultPhrase.Parse(phrase)).Message.ShouldContain(message);

    [Fact]
    public void The_catalogue_shows_every_form_once_with_a_meaning()
    {
        FaultPhrase.Catalogue.Select(c => c.Form).ShouldBeUnique();
        FaultPhrase.Catalogue.ShouldAllBe(c => c.Meaning.Length > 10);
    }
}
