using AirHil.Modem.Pins;
using AirHil.VirtualModem.Tests.Displays;
using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Displays;

/// <summary><c>lcd</c> as its C code has it; nobody notices whether a display is there.</summary>
public sealed class LcdLibraryTests
{
    private const string Init = "spi.setup(0, 8), lcd.init('st7735', {port = 0, w = 16, h = 8})";

    [Theory]
    [InlineData("lcd.init('st9999', {port = 0})", "false")]
    [InlineData("lcd.init('st7735', {port = 'device'})", "false")]
    [InlineData("lcd.init('st7735', {port = 0}, spi.deviceSetup(0, 8))", "false")]
    [InlineData("lcd.init('st7789', {port = 'device', w = 8, h = 8}, spi.deviceSetup(0, 8)), lcd.getSize()",
        "true,8,8")]
    [InlineData("lcd.init('st7735', {w = 8, h = 8}, spi.deviceSetup(0, 8)), lcd.getSize()", "true,8,8")]
    [InlineData("lcd.init('gc9306', {port = 7, w = 8, h = 8})", "true")] // Nobody looks whether it was sent.
    [InlineData("spi.setup(0, 8, 0, 0, 8, 20000000), lcd.init('gc9a01', {}), lcd.getSize()", "0,true,240,320")]
    [InlineData(Init + ", lcd.init('st9999')", "0,true,true")]
    [InlineData("lcd.getSize()", "0,0")]
    [InlineData("lcd.flush(), lcd.getDefault(), lcd.setupBuff(), lcd.autoFlush(true)", "nil,nil,nil")]
    [InlineData("lcd.setColor(1, 2)", "true")]
    [InlineData("lcd.setFont(12)", "")]
    [InlineData("pcall(lcd.drawLine, 1, 1, 2, 2)", "false,lcd.drawLine without a display (V1112 crashes here)")]
    [InlineData("pcall(lcd.init, 'st7735')", "false,lcd.init without a table (V1112 crashes here)")]
    [InlineData("lcd.rgb565(0xFF0000), lcd.rgb565(0x00FF00), lcd.rgb565(0x0000FF)", "248,57351,7936")]
    [InlineData("lcd.rgb565(0xFF0000, false), lcd.rgb565(255, 255, 0), lcd.rgb565(255, 255, 0, false)",
        "63488,57599,65504")]
    [InlineData("lcd.rgb565(0xFF0000, 0), lcd.rgb565()", "248,0")]
    [InlineData(Init + ", lcd.cmd(0x21), lcd.data(1), lcd.invon(), lcd.invoff()", "0,true,true,true,true,true")]
    [InlineData("lcd.init('st7735', {port = 7, w = 8, h = 8}), lcd.cmd(0x21), lcd.data(1), lcd.on()",
        "true,false,false,true")]
    [InlineData(Init + ", lcd.on(), lcd.off(), lcd.sleep(), lcd.wakeup(), lcd.close()",
        "0,true,true,true,true,true,true")]
    [InlineData(Init + ", lcd.set_direction(1), pcall(lcd.set_direction)",
        "0,true,true,false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData(Init + ", lcd.drawStr(0, 8, 'a'), lcd.setFont(lcd.font_opposansm16)", "0,true,nil,true")]
    [InlineData(Init + ", lcd.draw(0, 0, 1, 0, 'abcd'), lcd.draw(0, 0, 1, 0, {})", "0,true,true")]
    [InlineData(Init + ", lcd.drawXbm(0, 0, 8, 1, 'a'), lcd.drawXbm(0, 0, 8, 2, 'a')", "0,true,true")]
    [InlineData(Init + ", lcd.setupBuff(nil)", "0,true")] // One argument is a display, and there is none.
    [InlineData(Init + ", lcd.setupBuff(), lcd.setupBuff()", "0,true,true")]
    [InlineData(Init + ", lcd.setupBuff(nil, true), lcd.autoFlush(false), lcd.flush()", "0,true,true,false")]
    [InlineData(Init + ", lcd.getSize(lcd.getDefault())", "0,true,16,8")]
    [InlineData(Init + ", lcd.setDefault(nil), lcd.getSize()", "0,true,true,0,0")]
    [InlineData(Init + ", lcd.setDefault(nil), lcd.init('st7735', {port = 0, w = 8, h = 8})", "0,true,true")]
    [InlineData(Init + ", lcd.showImage(0, 0, '/a.png'), lcd.showImage(0, 0, '/a.jpg')", "0,true,false,false")]
    public void A_call_returns(string expression, string expected) => BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData(Init, "D/lcd ic support: st7735")]
    [InlineData("lcd.init('st9999')", "E/lcd ic not support: st9999")]
    [InlineData("lcd.init('st7735', {port = 'device'})", "E/lcd port is device but not find luat_spi_device_t")]
    [InlineData("lcd.init('st7735', {port = 0}, spi.deviceSetup(0, 8))",
        "E/lcd port is not device but find luat_spi_device_t")]
    [InlineData(Init + ", lcd.init('st7735')", "D/lcd lcd was inited, skip")]
    [InlineData("lcd.init('st7735', {port = 7, w = 8, h = 8})", "I/lcd lcd_write_cmd error. -1")]
    [InlineData("lcd.setFont(12)", "E/lcd only font pointer is allow")]
    [InlineData("lcd.setupBuff()", "W/lcd lcd not init")]
    [InlineData(Init + ", lcd.setupBuff(), lcd.setupBuff()", "W/lcd lcd buff is ok")]
    [InlineData("lcd.init('st7735', {port = 7, w = 400, h = 400}), lcd.setupBuff(nil, true)",
        "E/lcd lcd buff malloc fail, out of memory?")]
    [InlineData("lcd.init('custom', {port = 0, w = 8, h = 8, initcmd = '/none.txt'})",
        "E/lcd init_cmd fail open error")]
    [InlineData(Init + ", lcd.setDefault(nil), lcd.init('st7735', {port = 0, w = 8, h = 8})", "E/lcd lcd init fail -1")]
    [InlineData(Init + ", lcd.showImage(0, 0, '/a.png')", "E/lcd input_file not support")]
    [InlineData(Init + ", lcd.showImage(0, 0, '/a.jpg')", "W/lcd no such file /a.jpg")]
    [InlineData("lcd.rgb565()", "W/lcd unkown args count 0")]
    public void A_call_logs(string expression, string line) => BusBench.Run(expression).Lines.ShouldContain(line);

    [Fact]
    public void A_start_sends_the_words_of_the_chip_and_clears_it()
    {
        var sent = Sent("spi.setup(0, 8), lcd.init('custom', {port = 0, w = 1, h = 2, direction = 1, " +
            "direction90 = 0x60, " +
            "initcmd = {0x020011, 0x010078, 0x0200B1, 0x030002, 0x030035}})");
        sent.ShouldBe("11" + "11" + "B10235" + "3660" + "11" +
            "2A00000000" + "2B00000000" + "2C0000" + "2A00000000" + "2B00010001" + "2C0000" + "29");
    }

    [Fact]
    public void The_reset_takes_its_time_and_the_data_line_is_low_around_commands()
    {
        var bench = BusBench.Run(
            "spi.setup(0, 8), lcd.init('st7735', {port = 0, w = 1, h = 1, pin_dc = 10, pin_rst = 1, pin_pwr = 22})");
        var reset = bench.Pins.Where(p => p.Report.Pin == 1).ToList();
        reset.Select(p => p.Report.Drive).ShouldBe([PinDrive.Low, PinDrive.High]);
        (reset[1].At - reset[0].At).TotalMilliseconds.ShouldBe(100, 0.1);
        bench.Pins.Where(p => p.Report.Pin == 10).Select(p => p.Report.Drive).Take(3)
            .ShouldBe([PinDrive.High, PinDrive.Low, PinDrive.High]);
        bench.Pins.Last(p => p.Report.Pin == 22).Report.Drive.ShouldBe(PinDrive.High);
    }

    [Theory]
    [InlineData("lcd.on()", "29")]
    [InlineData("lcd.off()", "28")]
    [InlineData("lcd.sleep()", "10")]
    [InlineData("lcd.wakeup()", "11")]
    [InlineData("lcd.invon()", "21")]
    [InlineData("lcd.invoff()", "20")]
    [InlineData("lcd.close()", "")]
    [InlineData("lcd.cmd(0x36), lcd.data(0x60)", "3660")]
    public void A_command_is_sent(string call, string bytes) =>
        Sent($"{Init}, {call}")[Sent(Init).Length..].ShouldBe(bytes);

    [Fact]
    public void A_letter_is_drawn_as_runs_above_its_line() => Sent(Init + ", lcd.drawStr(0, 8, '-', 0xF81F)")[^46..]
        .ShouldBe("2A00000005" + "2B00040004" + "2C" + string.Concat(Enumerable.Repeat("F81F", 6)));

    [Fact]
    public void A_picture_goes_out_in_squares_of_16()
    {
        var show = Picture(JpegSamples.Quarter, "/p.jpg") + ", lcd.showImage(2, -1, '/p.jpg')";
        BusBench.Eval($"{Init}, {show}").ShouldBe("0,true,true,true");
        // The display has 16 by 8 pixels: of four squares one is in sight, from its second line on.
        var before = Sent(Init).Length;
        var sent = Sent($"{Init}, {show}")[before..];
        sent[..22].ShouldBe("2A00020010" + "2B00000000" + "2C");
        sent.Length.ShouldBe(2 * (11 + (15 * 2)) * 8);
    }

    [Theory]
    [InlineData(326, 1, "W/lcd jd_prepare file /p.jpg error 2")]
    [InlineData(510, 1, "W/lcd jd_decomp file /p.jpg error 2")]
    [InlineData(550, 0xC2, "W/lcd jd_prepare file /p.jpg error 8")]
    [InlineData(550, 0xC2, "W/tjpgd Unsuppoted JPEG standard (may be progressive JPEG)")]
    public void A_picture_that_cannot_be_read_is_logged(int length, byte kind, string line)
    {
        var file = JpegSamples.Quarter[..length];
        if (kind != 1) file[159] = kind;
        var show = Picture(file, "/p.jpg") + ", lcd.showImage(0, 0, '/p.jpg')";
        BusBench.Run($"{Init}, {show}").Lines.ShouldContain(line);
        BusBench.Eval($"{Init}, {show}").ShouldBe("0,true,true,false");
    }

    [Fact]
    public void A_picture_without_a_display_follows_nothing() =>
        BusBench.Eval($"{Picture(JpegSamples.Grey, "/p.jpeg")}, pcall(lcd.showImage, 0, 0, '/p.jpeg')")
            .ShouldBe("true,false,lcd.showImage without a display (V1112 crashes here)");

    private static string Picture(byte[] file, string path) =>
        $"io.writeFile('{path}', (string.fromHex('{Convert.ToHexString(file)}')))";

    private static string Sent(string script) => Convert.ToHexString(
        BusBench.Run(script).Spi.SelectMany(transfer => transfer.Sent.ToArray()).ToArray());
}
