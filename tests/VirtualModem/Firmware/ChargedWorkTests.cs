using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Tests.Firmware;

/// <summary>
/// The work of library functions takes the module's time: in a quarter of its second they read 16 bytes for each of
/// 375,000 instructions at most, so no loop over them keeps the host busy for long.
/// </summary>
public sealed class ChargedWorkTests
{
    private const int Bytes = 20_000;

    [Theory]
    [InlineData("s:toHex()")]
    [InlineData("s:toBase64()")]
    [InlineData("s:urlEncode()")]
    [InlineData("h:fromHex()")]
    [InlineData("s:trim()")]
    [InlineData("s:split(';')")]
    [InlineData("s:upper()")]
    [InlineData("s:find('#', 1, true)")]
    [InlineData("print(s)")]
    [InlineData("load(s)")]
    [InlineData("uart.tx(1, z, 0, 20000)")]
    [InlineData("crypto.md5(s)")]
    [InlineData("crypto.crc32(s)")]
    [InlineData("z:isEqual(0, y, 0, 20000)")]
    [InlineData("z:toStr(0, 20000)")]
    [InlineData("z:query(0, 20000)")]
    [InlineData("z:seek(0) and z:read(20000)")]
    [InlineData("z:seek(0) and z:unpack('A20000')")]
    [InlineData("io.readFile('/f')")]
    [InlineData("string.unpack('s4', '\\32\\78\\0\\0' .. s)")]
    [InlineData("z:copy(0, s)")]
    [InlineData("z:copy(0, y)")]
    [InlineData("z:set(0, 1)")]
    [InlineData("fota.run(s)")]
    [InlineData("fota.run(z)")]
    [InlineData("f() or f() or f() or f() or f()")] // A block of 4 KB each.
    public void A_quarter_of_a_second_has_room_for_so_many_calls_only(string call)
    {
        var bench = new FakeBench($$"""
            local s, h = ('a,b '):rep(5000), ('61'):rep(10000)
            local z, y = zbuff.create(20000), zbuff.create(20000)
            z:seek(20000) y:seek(20000)
            io.writeFile('/f', s)
            fota.init()
            local function f() return (fota.file('/f')) end
            local from, calls = mcu.ticks(), 0
            while mcu.ticks() - from < 250 do
              local x = {{call}}
              x = nil
              calls = calls + 1
            end
            log.info('calls', calls)
            """).PowerOn().RunTo(2);
        var said = bench.Line("I/user.calls").Text.Split("\t")[1];
        var calls = int.Parse(said, System.Globalization.CultureInfo.InvariantCulture);
        calls.ShouldBeInRange(1, 375_000 * 16 / Bytes);
    }

    /// <summary>Most is drawn outside of the display, where nothing goes out that would take time.</summary>
    [Theory]
    [InlineData("lcd.fill(300, -1000, 2000, 1000)", 1)]
    [InlineData("lcd.fill(0, -32768, 0, -1)", 16)]
    [InlineData("lcd.drawLine(-32768, -32768, -1, -1)", 32)]
    [InlineData("lcd.drawLine(300, 0, 32767, 0)", 2000)]
    [InlineData("lcd.drawXbm(0, 400, 800, 25, ('x'):rep(2500))", 2000)]
    [InlineData("lcd.drawQrcode(400, 0, 'a', 2000)", 1)]
    [InlineData("lcd.drawCircle(-500, 0, 255)", 300)]
    [InlineData("sensor.ws2812b_pwm(4, ('a'):rep(2000))", 4)]
    [InlineData("(', '):rep(1000):urlEncode(-1, 1, ('61'):rep(1000))", 2)]
    [InlineData("pcall(string.toHex, ('a'):rep(47000), ('b'):rep(47000))", 1000)]
    [InlineData("u8g2.DrawBox(0, 0, 65535, 65535)", 16)]
    [InlineData("u8g2.DrawLine(0, 0, 65534, 65534)", 16)]
    [InlineData("u8g2.DrawDisc(0, 0, 1024)", 300)]
    [InlineData("u8g2.DrawUTF8(('x'):rep(3000), 0, 20)", 64)]
    [InlineData("u8g2.DrawDrcode(0, 0, 'a', 65535)", 213)]
    [InlineData("u8g2.DrawDrcode(0, 0, ('a'):rep(2900), 10)", 4)]
    public void Work_takes_time_even_where_nothing_comes_of_it(string call, int most)
    {
        var bench = new FakeBench($$"""
            spi.setup(0, 8) lcd.init('st7735', {port = 0, w = 16, h = 8})
            u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', i2c_id = 0})
            local from, calls = mcu.ticks(), 0
            while mcu.ticks() - from < 250 do
              {{call}}
              calls = calls + 1
            end
            log.info('calls', calls)
            """).PowerOn().RunTo(60);
        var said = bench.Line("I/user.calls").Text.Split("\t")[1];
        int.Parse(said, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, most);
    }

    /// <summary>
    /// The firmware's loop over an ellipse without radii has no end; the watchdog ends it at its second expiry.
    /// </summary>
    [Theory]
    [InlineData("DrawEllipse(5, 5, 0, 0)", true)]
    [InlineData("DrawFilledEllipse(5, 5, 0, 0, 1)", true)]
    [InlineData("DrawEllipse(5, 5, 1, 0)", false)]
    [InlineData("DrawEllipse(5, 5, 0, 1)", false)]
    [InlineData("DrawEllipse(500, 5, 0, 0)", false)]
    public void An_ellipse_of_one_point_never_ends(string call, bool hangs)
    {
        var bench = new FakeBench(
            "u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', i2c_id = 0}) u8g2." + call +
            " log.info('drawn') while true do rtos.receive(-1) end").PowerOn().RunTo(45);
        bench.Lines.Contains("I/user.drawn").ShouldBe(!hangs);
        bench.Starts.Select(start => start.Report.Reason).ShouldBe(
            hangs ? [StartReason.Power, StartReason.Watchdog] : [StartReason.Power]);
    }
}
