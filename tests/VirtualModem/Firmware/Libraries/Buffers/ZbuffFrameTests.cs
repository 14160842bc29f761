namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Buffers;

/// <summary>A zbuff as a picture: what V1112's own code, built for 32 bits, gives for the same calls.</summary>
public sealed class ZbuffFrameTests
{
    private const string Before =
        "local function P(w, h, d, c) local b = zbuff.create(w * h * d // 8 + 4, 0) b:setFrameBuffer(w, h, d, c) " +
        "return b end local function H(b) return (b:toStr(0, b:len()):toHex()) end ";

    [Theory]
    [InlineData("local b = P(4, 2, 16) return b:pixel(1, 0, 0x1234), b:pixel(1, 0), b:pixel(4, 0), b:pixel(-1, " +
        "0, 1), " +
        "b:pixel(3, 1, -1), H(b)", "true,4660,nil,nil,true,000012340000000000000000000000FF00000000")]
    [InlineData("local b = P(8, 2, 1) return b:drawLine(0, 0, 7, 1, 1), H(b), b:drawRect(-3, 1, 9, 9, 3, true), " +
        "H(b), " +
        "b:pixel(0, 1)", "true,F00E00000000,true,F0FF00000000,1")]
    [InlineData("local b = P(4, 2, 4, 10) return H(b), b:pixel(1, 1, 0x1F), H(b), b:pixel(1, 1), b:pixel(0, 1)",
        "AAAAAAAA00000000,true,AAAABFAA00000000,15,11")]
    [InlineData("local b = P(2, 2, 24, 0x102030) return H(b), b:pixel(1, " +
        "1)", "10203010203010203010203000000000,1056816")]
    [InlineData("local b = P(2, 2, 32) return b:pixel(1, 0, 0x01020304), b:pixel(0, 1, 0x05060708), H(b), " +
        "b:pixel(1, 0)",
        "true,true,0001050607080000000000000000000000000000,17106439")]
    [InlineData("local b = P(7, 7, 8) return b:drawCircle(3, 3, 2, 1), H(b)", "true,00000000000000000001010100000001" +
        "00000001000001000000010000010000000100000001010100000000000000000000000000")]
    [InlineData("local b = P(7, 7, 8) return b:drawCircle(3, 3, 2, 1, true), " +
        "H(b)", "true,00000000000000000001010100000001" +
        "01010101000001010101010000010101010100000001010100000000000000000000000000")]
    [InlineData("local b = P(9, 9, 8) return select('#', b:drawCircle(2, 4, 3, 7)), select('#', b:drawCircle(4, " +
        "4, 5, 1)), " +
        "select('#', b:drawCircle(20, 4, 3, 1))", "0,0,0")]
    [InlineData("local b = P(6, 4, 8) return b:drawRect(1, 1, 4, 3, 9), H(b)",
        "true,00000000000000090909090000090000090000090909090000000000")]
    [InlineData("local b = P(6, 4, 8) return b:drawLine(5, 3, 0, 0, 2), H(b)",
        "true,00000000000000020200000000000002020000000000000200000000")]
    [InlineData("local b = zbuff.create(8, 0) return b:setFrameBuffer(4, 4, 4), select('#', b:setFrameBuffer(4, " +
        "4, 8)), " +
        "b:setFrameBuffer(2, 2, 7, 5), H(b), b:pixel(0, 0, 9), b:pixel(0, 0)", "true,0,true,0000000000000000,true,0")]
    [InlineData("local b = zbuff.create(8) return select('#', b:drawLine(0, 0, 1, 1)), select('#', b:drawRect(0, " +
        "0, 1, 1)), " +
        "select('#', b:drawCircle(0, 0, 1)), select('#', b:pixel(0, 0))", "0,0,0,0")]
    [InlineData("return H(zbuff.create({2, 2, 16}, 0xF800)), H(zbuff.create({2, 2, 8}, -1)), select('#', " +
        "zbuff.create({2, 2, 3}))",
        "F800F800F800F800,FFFFFFFF,0")]
    [InlineData("local b = P(2, 2, 8) return pcall(b.pixel, b, 1)",
        "false,bad argument #3 to '?' (number expected, got no value)")]
    public void A_call_gives_what_v1112_gives(string body, string expected) => LibraryCall.ShouldGive(
        "at()", expected, $"{Before} local function at() {body} end");

    [Theory]
    [InlineData("b:drawCircle(4, 3, 3, 1)")]
    [InlineData("b:setFrameBuffer(-1, 1, 8) b:pixel(100, 0, 1)")]
    public void What_lies_outside_of_the_memory_is_noticed(string call) =>
        LibraryCall.Run($"local b = zbuff.create({{8, 4, 8}}, 0) {call}").Notices.ShouldHaveSingleItem()
            .ShouldContain("outside of the 32 bytes");

    [Fact]
    public void A_line_without_an_end_takes_its_time_and_not_the_hosts()
    {
        var bench = LibraryCall.Run(
            "local b = zbuff.create({8, 4, 8}, 0) b:drawLine(0, 0, 2000000, 0) print('at', mcu.ticks() > 1000)", 5);
        bench.Lines.ShouldContain("at\ttrue");
    }
}
