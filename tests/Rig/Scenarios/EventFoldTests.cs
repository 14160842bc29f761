using System.Text;
using AirHil.Modem.Buses;
using AirHil.Modem.Pins;
using AirHil.Modem.Sessions;
using AirHil.Rig.Observation;
using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class EventFoldTests
{
    private static readonly byte[] Poll = Convert.FromHexString("110300640002868A");

    [Fact]
    public void What_comes_again_and_again_is_one_line_and_the_rest_stays()
    {
        var events = new List<SessionEvent> { Logged(0.5, "I/user.polling starts") };
        for (var i = 0; i < 190; i++)
        {
            var at = 1 + (i * 0.1);
            events.Add(new UartOut(Seconds(at), 1, Poll));
            events.Add(Logged(at + 0.02, $"D/user.value\t{i}"));
            if (i == 24) events.Add(Logged(at + 0.03, "W/user.meter\tnot calibrated"));
        }

        Lines(events).ShouldBe([
            "0000.500000 log [0.500] I/user.polling starts",
            "0003.430000 log [3.430] W/user.meter\\tnot calibrated",
            "0019.900000 uart1.tx  110300640002868A (190 times since 0001.000000, every 100 ms)",
            "0019.920000 log [19.920] D/user.value\\t189 (190 times since 0001.020000, every 100 ms)",
        ]);
    }

    [Fact]
    public void Messages_of_another_kind_are_lines_of_their_own()
    {
        SessionEvent Sent(double at, string hex) => new UartOut(Seconds(at), 1, Convert.FromHexString(hex));
        Lines([
            Sent(1, "110300640002868A"), Sent(2, "1103006500028772"), Sent(3, "1106006500FF1234"),
            Sent(4, "11030066000299B2"), Sent(6, "0103"), Sent(7, "0104"),
        ]).ShouldBe([
            "0003.000000 uart1.tx  1106006500FF1234",
            "0004.000000 uart1.tx  11030066000299B2 (3 times since 0001.000000)",
            "0006.000000 uart1.tx  0103",
            "0007.000000 uart1.tx  0104",
        ]);
    }

    [Fact]
    public void Texts_of_other_alphabets_are_told_apart_as_texts_are()
    {
        SessionEvent Sent(double at, string text) => new UartOut(Seconds(at), 1, Encoding.UTF8.GetBytes(text));
        Lines([Sent(1, "报警开 1"), Sent(2, "报警关 2"), Sent(3, "报警开 3"), Sent(4, "报警开 4")]).ShouldBe([
            "0002.000000 uart1.tx  报警关 2",
            "0004.000000 uart1.tx  报警开 4 (3 times since 0001.000000)",
        ]);
    }

    [Fact]
    public void A_pin_and_a_device_are_lines_of_their_own()
    {
        SessionEvent Read(int ms, int address, string read) => new I2cTransferred(
            TimeSpan.FromMilliseconds(ms), "0", address, true, new byte[] { 0xE0 }, read, I2cResult.Ok, default);
        var events = new List<SessionEvent>();
        for (var i = 0; i < 4; i++)
        {
            events.Add(Read(100 * i, 0x44, $"0{i}FF"));
            events.Add(Read(100 * i + 1, 0x45, $"0{i}FF"));
            events.Add(new PinDriven(TimeSpan.FromMilliseconds((100.01 * i) + 2), 27, PinDrive.Low));
            if (i == 1) events.Add(new PinDriven(TimeSpan.FromMilliseconds(103), 22, PinDrive.Low));
        }

        Lines(events).Select(line => line[12..]).ShouldBe([
            "pin.low 22",
            "i2c 0 0x44 out E0 in 03 FF E0 (4 times since 0000.000000, every 100 ms)",
            "i2c 0 0x45 out E0 in 03 FF E0 (4 times since 0000.001000, every 100 ms)",
            "pin.low 27 (4 times since 0000.002000, every 100 ms)",
        ]);
    }

    [Fact]
    public void The_last_lines_are_shown_and_the_culprit_is_never_folded()
    {
        SessionEvent[] events = [.. Enumerable.Range(0, 9).Select(i => Logged(i, "I/user.tick"))];
        Lines(events, culprit: 4).ShouldBe([
            "0004.000000 log [4.000] I/user.tick",
            "0008.000000 log [8.000] I/user.tick (8 times since 0000.000000)",
        ]);
        events = [.. "abcdefghijklmno".Select((letter, i) => Logged(i, $"I/user.{letter}{letter}z"))];
        Lines(events).Length.ShouldBe(FailureReport.Lines);
        Lines(events)[^1].ShouldEndWith("ooz");
    }

    private static string[] Lines(IReadOnlyList<SessionEvent> events, long? culprit = null) =>
    [
        .. EventFold.Of([.. events.Select((e, i) => new Sighting(i, e))], FailureReport.Lines, culprit)
            .Select(line => FailureReport.Line(line.Sighting.Event) + line.Again),
    ];

    private static LogLine Logged(double at, string text) =>
        new(Seconds(at), Seconds(at), Encoding.UTF8.GetBytes(text));

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromMilliseconds(Math.Round(seconds * 1000));
}
