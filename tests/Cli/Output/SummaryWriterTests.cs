using AirHil.Cli.Output;
using AirHil.Modem.Messages;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Tests.Output;

public sealed class SummaryWriterTests
{
    private static readonly RunSummary Quiet = new(TimeSpan.FromSeconds(90), 1234, new string('a', 64));

    private static string[] Lines(RunSummary summary)
    {
        using var text = new StringWriter { NewLine = "\n" };
        SummaryWriter.Write(text, summary, 7, TimeSpan.FromMilliseconds(456));
        return text.ToString().TrimEnd('\n').Split('\n');
    }

    [Fact]
    public void A_run_without_events_to_tell_has_two_lines() => Lines(Quiet).ShouldBe(
        ["simulated 90 s in 0.46 s, 1234 events, seed 7", $"session {new string('a', 64)}"]);

    [Fact]
    public void Resets_errors_and_unknown_hosts_come_first() => Lines(Quiet with
    {
        Resets = [new(TimeSpan.FromSeconds(8), "1", StartReason.Unknown, "reset line\nmore")],
        Errors = [new(TimeSpan.FromMilliseconds(250.4), "1", true, "")],
        NotModelled = [new("1", "lcd.init", "main.lua:3", 3)],
        Notices = ["something"],
        UnknownHosts =
        [
            new("it's", null), new("b.test", "mqtts://b.test:8883"), new("t.test", "tcp://t.test:7000"),
            new("", "mqtt://:1883"),
        ],
    }).SkipLast(2).ShouldBe(
    [
        "1 reset:", "  at 8 s: reset line",
        "1 error:", "  at 250 ms: main.lua ended: nothing called sys.run(), so the VM exits",
        "not modelled: lcd.init at main.lua:3, 3 times (docs/fidelity.md lists what is modelled)",
        "1 notice:", "  something",
        "unknown host: it's failed in DNS, as on the module; put it on the air with --service " +
        "'ws://it'\\''s/=echo'",
        "unknown host: b.test failed in DNS, as on the module; put it on the air with --service mqtts://b.test=broker",
        "unknown host: t.test failed in DNS, as on the module; put it on the air with --service tcp://t.test:7000=echo",
        "unknown host: '' is no name that a host can have; see what the script is set to",
    ]);

    [Fact]
    public void A_long_list_shows_its_beginning_and_says_how_much_is_left()
    {
        var lines = Lines(Quiet with { Notices = [.. Enumerable.Range(0, 12).Select(i => $"n{i}")] });
        lines[0].ShouldBe("12 notices:");
        lines[11].ShouldBe("  … and 2 more");
        Lines(Quiet with { Notices = [.. Enumerable.Repeat("n", RunSummary.MostListed)] })[0]
            .ShouldBe("1000 or more notices:");
    }

    [Fact]
    public void A_long_message_keeps_its_beginning_and_its_end()
    {
        var message = new string('a', 200) + "END";
        Lines(Quiet with { Errors = [new(TimeSpan.Zero, "1", false, message)] })[1]
            .ShouldBe($"  at 0 s: {new string('a', 80)} … {new string('a', 77)}END");
    }
}
