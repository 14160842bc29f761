using System.Security.Cryptography;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Displays;

/// <summary>
/// The bytes that a figure sends a display of 32 by 24 pixels with its glass from column 2 and line 1. The numbers and
/// hashes are those of V1112's own code (luat_lcd.c), run on a computer.
/// </summary>
public sealed class LcdDrawingTests
{
    private const string Init =
        "spi.setup(0, 8), lcd.init('st7735', {port = 0, w = 32, h = 24, xoffset = 2, yoffset = 1})";

    private const string Buffered = Init + ", lcd.setColor(0, 0), lcd.setupBuff(), lcd.drawPoint(0, 0, 0)";

    [Theory]
    [InlineData("lcd.drawLine(0, 2, 5, 2, 63488)", 23, "8A156DD0F4CF2C87")]
    [InlineData("lcd.drawLine(2, 0, 2, 4, 31)", 21, "62A9EA63A3AA5BAA")]
    [InlineData("lcd.drawLine(1, 1, 9, 5, 4660)", 130, "8B6FD61BE1C0D353")]
    [InlineData("lcd.drawLine(9, 5, 1, 1, 4660)", 130, "65740F95CE947928")]
    [InlineData("lcd.drawLine(3, 9, 3, 2, 7)", 117, "95BE3CB8D8B07FA9")]
    [InlineData("lcd.drawLine(9, 3, 2, 3, 7)", 117, "E3896071196837BB")]
    [InlineData("lcd.drawLine(-5, 4, 40, 4, 9)", 77, "CAE71EB35439D727")]
    [InlineData("lcd.drawLine(4, -5, 4, 40, 9)", 312, "1541501C21D612CF")]
    [InlineData("lcd.drawLine(-3, -3, 6, 6, 1)", 91, "77E09A8875351E5B")]
    [InlineData("lcd.drawPoint(31, 23, 258)", 13, "B6AB24C0DFAB2F1A")]
    [InlineData("lcd.drawPoint(32, 23, 258)", 0, "E3B0C44298FC1C14")]
    [InlineData("lcd.drawPoint(-1, 0, 258)", 0, "E3B0C44298FC1C14")]
    [InlineData("lcd.drawRectangle(1, 1, 6, 4, 513)", 84, "1A60F5BF454BBB8B")]
    [InlineData("lcd.drawRectangle(6, 4, 1, 1, 513)", 312, "D50518ADC043D080")]
    [InlineData("lcd.fill(0, 0, 31, 24, 100)", 1800, "FD8DF1C5E2006FC6")]
    [InlineData("lcd.fill(-4, -4, 8, 8, 100)", 232, "70EAD16A3DAED7C9")]
    [InlineData("lcd.fill(28, 20, 40, 40, 7)", 84, "84B16E15CF6F4E9C")]
    [InlineData("lcd.fill(5, 5, 5, 9, 3)", 52, "2B345B7AB36E7E77")]
    [InlineData("lcd.drawCircle(10, 10, 5, 4660)", 520, "FF28258172B09145")]
    [InlineData("lcd.drawCircle(0, 0, 7, 1)", 221, "273160DE42334BE2")]
    [InlineData("lcd.drawCircle(10, 10, 0, 1)", 130, "BA8F7B1AA094FC19")]
    [InlineData("lcd.drawCircle(31, 23, 20, 9)", 572, "2FD0568ECD3E3B73")]
    [InlineData("lcd.clear(513)", 1800, "890FBD3CA992A293")]
    [InlineData("lcd.drawLine(5, 5, 4, 5, 9)", 39, "3EF64E228B6EDDD7")]
    [InlineData("lcd.drawLine(5, 5, 3, 5, 9)", 52, "E8A9CEEB0AE21348")]
    public void A_figure_goes_out_at_once(string figure, int bytes, string hash) => Check(Init, figure, bytes, hash);

    [Theory]
    [InlineData("lcd.drawLine(0, 2, 5, 2, 63488)", 75, "9F85F68ED7F0E78A")]
    [InlineData("lcd.drawLine(2, 0, 2, 4, 31)", 331, "65178F40EFDDB78E")]
    [InlineData("lcd.drawLine(1, 1, 9, 5, 4660)", 331, "AF2CC996B816F90C")]
    [InlineData("lcd.drawLine(9, 5, 1, 1, 4660)", 331, "20F034548B9ADF2B")]
    [InlineData("lcd.drawLine(3, 9, 3, 2, 7)", 523, "F755EBFEDFBE9355")]
    [InlineData("lcd.drawLine(9, 3, 2, 3, 7)", 75, "680B736485A01C81")]
    [InlineData("lcd.drawLine(-5, 4, 40, 4, 9)", 75, "A2DFE20190526D01")]
    [InlineData("lcd.drawLine(4, -5, 4, 40, 9)", 1547, "B26AF107F14504C0")]
    [InlineData("lcd.drawLine(-3, -3, 6, 6, 1)", 459, "0CAD88FC3779183E")]
    [InlineData("lcd.drawPoint(31, 23, 258)", 75, "66125FD8DA3E7761")]
    [InlineData("lcd.drawPoint(32, 23, 258)", 0, "E3B0C44298FC1C14")]
    [InlineData("lcd.drawPoint(-1, 0, 258)", 0, "E3B0C44298FC1C14")]
    [InlineData("lcd.drawRectangle(1, 1, 6, 4, 513)", 267, "78EAFA7D118200ED")]
    [InlineData("lcd.drawRectangle(6, 4, 1, 1, 513)", 267, "78EAFA7D118200ED")]
    [InlineData("lcd.fill(0, 0, 31, 24, 100)", 1547, "9674BC9190C4D67D")]
    [InlineData("lcd.fill(-4, -4, 8, 8, 100)", 523, "61F8D8ABCBE82252")]
    [InlineData("lcd.fill(28, 20, 40, 40, 7)", 267, "A0711230A263309F")]
    [InlineData("lcd.fill(5, 5, 5, 9, 3)", 267, "B9202D938CE68375")]
    [InlineData("lcd.drawCircle(10, 10, 5, 4660)", 715, "FF3C971601F00F30")]
    [InlineData("lcd.drawCircle(0, 0, 7, 1)", 523, "A9D426CB90DD1185")]
    [InlineData("lcd.drawCircle(10, 10, 0, 1)", 139, "03E7FC3C98F8867E")]
    [InlineData("lcd.drawCircle(31, 23, 20, 9)", 1355, "0951E092B68B625D")]
    [InlineData("lcd.clear(513)", 1547, "A6535BA19AB961AA")]
    [InlineData("lcd.drawLine(5, 5, 4, 5, 9)", 75, "4FAE8C0B8F7BBD02")]
    [InlineData("lcd.drawLine(5, 5, 3, 5, 9)", 75, "C594CEA35C891DEE")]
    public void With_a_buffer_the_lines_that_changed_go_out(string figure, int bytes, string hash) =>
        Check(Buffered, figure, bytes, hash);

    private static void Check(string before, string figure, int bytes, string hash)
    {
        var sent = Sent($"{before}, {figure}")[Sent(before).Length..];
        sent.Length.ShouldBe(bytes);
        Convert.ToHexString(SHA256.HashData(sent))[..16].ShouldBe(hash);
    }

    private static byte[] Sent(string script) =>
        [.. BusBench.Run(script).Spi.SelectMany(transfer => transfer.Sent.ToArray())];
}
