using System.Buffers;
using System.Text;
using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

public class LogFrameWriterTests
{
    [Theory]
    [InlineData(170_329u, Wire.RealText, Wire.RealFrame)]
    [InlineData(
        12_345u, "I/user.wsc\tconack",
        "7E 39 30 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 11 00 00 00 49 2F 75 73 65 72 2E 77 73 63 "
            + "09 63 "
        + "6F 6E 61 63 6B 00 00 00 7E")]
    [InlineData(
        1_000u, "I/user.t a~b}c",
        "7E E8 03 00 00 00 00 00 00 4C EA 73 0A 25 2E 2A 73 00 00 00 00 0E 00 00 00 49 2F 75 73 65 72 2E 74 20 61 "
            + "7D 02 "
        + "62 7D 01 63 00 00 7E")]
    public void A_line_becomes_the_frame_of_the_reference(uint tick, string text, string hex) =>
        Convert.ToHexString(Wire.Frame(text, tick)).ShouldBe(Convert.ToHexString(Wire.Hex(hex)));

    [Fact]
    public void A_tick_that_holds_a_delimiter_is_escaped_too()
    {
        var frame = Wire.Frame("I/a b", 0x7E7D);
        frame.AsSpan(1, 4).ToArray().ShouldBe(Wire.Hex("7D 01 7D 02"));
        Wire.Read(frame).ShouldHaveSingleItem().TickMs.ShouldBe(0x7E7Du);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Any_length_comes_back_with_and_without_terminator(bool terminated)
    {
        for (var length = 1; length < 70; length++)
        {
            var text = "I/main " + new string('x', length);
            var frame = Wire.Frame(text, terminated: terminated);
            ((frame.Length - 2) % 4).ShouldBe(0, "arguments are padded to words");
            Wire.Read(frame).ShouldHaveSingleItem().Text().ShouldBe(text);
        }
    }

    [Fact]
    public void Nothing_is_allocated_for_a_line()
    {
        var output = new ArrayBufferWriter<byte>(1 << 20);
        var text = Encoding.UTF8.GetBytes("I/user.wsc\trecv\t{\"a\":1}");
        LogFrameWriter.Write(output, 0, text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0u; i < 1000; i++) LogFrameWriter.Write(output, i, text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1000);
    }
}
