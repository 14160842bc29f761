using System.Text;
using AirHil.Board.Log;
using AirHil.VirtualModem.Logging;

namespace AirHil.Board.Tests.Log;

/// <summary>Lines longer than the print buffer of 512 bytes (reference bench §2.6; the rule is inferred).</summary>
public class SplitLineTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(600)]
    [InlineData(5000)]
    public void A_long_text_is_joined_with_its_tag(int length)
    {
        var text = new string('x', length);
        Joined("I/user.wsc", text).Select(Wire.Text).ShouldBe(["I/user.wsc\t" + text]);
    }

    [Fact]
    public void What_follows_a_long_text_is_joined_too()
    {
        var text = new string('x', 700);
        var record = Joined("I/user.wsc", "recv", text, "1", "1").ShouldHaveSingleItem();
        record.Text().ShouldBe($"I/user.wsc\trecv\t{text}\t1\t1");
        record.Frames.ShouldBe(3);
    }

    [Fact]
    public void Several_long_texts_make_one_line()
    {
        var (a, b, c) = (new string('a', 600), new string('b', 511), new string('c', 300));
        Joined("I/user.t", a, b, c, c).Select(Wire.Text).ShouldBe([$"I/user.t\t{a}\t{b}\t{c}\t{c}"]);
    }

    [Fact]
    public void A_long_first_text_is_joined_with_the_others()
    {
        var text = new string('a', 512);
        Joined(text, "b").Select(Wire.Text).ShouldBe([text + "\tb"]);
    }

    [Fact]
    public void Lines_that_follow_are_lines_of_their_own()
    {
        byte[] wire =
        [
            .. Frames(7, "I/user.wsc", new string('x', 600)), .. Wire.Frame("I/user.next\t1", 7),
            .. Frames(8, "I/user.empty", ""), .. Wire.Frame("I/user.next\t" + new string('y', 480), 8),
            .. Frames(9, "I/user.empty", ""), .. Wire.Frame("short", 9),
        ];
        Wire.Read(wire).Select(r => r.Text()[..4] + r.Frames)
            .ShouldBe(["I/us2", "I/us1", "I/us1", "I/us1", "I/us1", "shor1"]);
    }

    [Fact]
    public void Parts_that_are_apart_in_time_are_not_joined()
    {
        byte[] wire = [.. Wire.Frame("I/user.a\t", 10), .. Wire.Frame(new string('x', 600), 100)];
        Wire.Read(wire).Count.ShouldBe(2);
    }

    [Fact]
    public void A_lost_frame_breaks_the_line()
    {
        byte[] wire = [.. Wire.Frame("I/user.a\t", 10), 1, 2, 3, .. Wire.Frame(new string('x', 600), 10)];
        Wire.Read(wire).Count.ShouldBe(2);
    }

    [Fact]
    public void A_part_that_may_go_on_is_held_until_the_port_is_silent()
    {
        var reader = new LogFrameReader();
        Wire.Read(reader, Wire.Frame("I/user.a\t")).ShouldBeEmpty();
        reader.Flush();
        reader.TryTake(out var record).ShouldBeTrue();
        record.Text().ShouldBe("I/user.a\t");
        Wire.Read(reader, Wire.Frame("I/user.a\tb")).Count.ShouldBe(1, "this one cannot go on");
    }

    [Fact]
    public void Unjoined_parts_are_marked()
    {
        var reader = new LogFrameReader(joinSplitLines: false);
        Wire.Read(reader, Frames(1, "I/user.wsc", new string('x', 600), "1")).Select(r => r.IsContinuation)
            .ShouldBe([false, true, true]);
    }

    private static List<LogRecord> Joined(params string[] texts) => Wire.Read(Frames(1, texts), 64);

    // Split as the virtual module splits.
    private static byte[] Frames(uint tick, params string[] texts) =>
    [
        .. Printing.Records(texts.Select(t => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(t)))
            .SelectMany(r => Wire.Frame(r.Span, tick)),
    ];
}
