using System.Text;
using AirHil.Board.Emulator;
using AirHil.Board.Log;
using AirHil.Modem.Messages;

namespace AirHil.Board.Tests.Emulator;

public sealed class ModuleFramesTests
{
    [Theory]
    [InlineData("I/user.tag\ttext")]
    [InlineData("am_service_init 851:Air780E_A17")]
    [InlineData("Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256")]
    [InlineData("luat_pm_get_poweron_reason 197:ap 0,cp 0")]
    [InlineData("a 007:b")]
    [InlineData("two words 7:b")]
    [InlineData("")]
    [InlineData("~}%s %d")]
    public void Every_line_comes_out_of_its_frame_as_it_went_in(string text)
    {
        var record = Read(text);
        record.TickMs.ShouldBe(1234ul);
        Encoding.UTF8.GetString(record.Text.Span).ShouldBe(text);
    }

    [Fact]
    public void Lines_of_the_c_side_end_with_a_nul_that_counts()
    {
        var text = Encoding.UTF8.GetString(Read("D/mobile cid1, state0").Text.Span);
        text.TrimEnd('\0').ShouldBe("D/mobile cid1, state0");
        Frame("D/mobile cid1, state0").AsSpan().IndexOf("state0\0"u8).ShouldBeGreaterThan(0);
        BitConverter.ToUInt32(Frame("D/mobile cid1, state0"), 21).ShouldBe(22u);
        BitConverter.ToUInt32(Frame("I/user.mobile cid1, 0"), 21).ShouldBe(21u);
    }

    [Fact]
    public void Lines_of_the_platform_carry_their_place_as_arguments()
    {
        var frame = Frame("am_service_init 851:Air780E_A17");
        frame.AsSpan().IndexOf("%s %d:%s"u8).ShouldBe(13);
        frame.AsSpan().IndexOf(BitConverter.GetBytes(851)).ShouldBeGreaterThan(0);
    }

    private static byte[] Frame(string text) =>
        new ModuleFrames().Of(new ModemReport.LogLine(TimeSpan.FromMilliseconds(1234), Encoding.UTF8.GetBytes(text)));

    private static LogRecord Read(string text)
    {
        var reader = new LogFrameReader();
        reader.Push(Frame(text));
        reader.Flush();
        reader.TryTake(out var record).ShouldBeTrue();
        return record;
    }
}
