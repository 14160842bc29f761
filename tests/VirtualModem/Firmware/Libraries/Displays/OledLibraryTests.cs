using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Displays;

/// <summary><c>u8g2</c> as its C code has it; nobody notices whether a display is there.</summary>
public sealed class OledLibraryTests
{
    private const string Begin = "u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', i2c_id = 0})";

    [Theory]
    [InlineData(Begin + ", " + Begin, "1,2")]
    [InlineData("u8g2.init({ic = 'unknown', mode = 'i2c_hw'})", "1")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'spi_sw_4pin'})", "4")]
    [InlineData("u8g2.begin({ic = 'ssd1306'}), u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw'})", "nil,2")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'x'}), pcall(u8g2.ClearBuffer)",
        "nil,false,u8g2 after a begin that failed (V1112 crashes here)")]
    [InlineData("pcall(u8g2.begin)", "false,u8g2.begin without a table (V1112 crashes here)")]
    [InlineData("u8g2.GetDisplayWidth(), u8g2.DrawLine(), u8g2.SetFont(u8g2.font_opposansm12)", "nil,nil,false")]
    [InlineData(Begin + ", u8g2.GetDisplayWidth(), u8g2.GetDisplayHeight()", "1,128,64")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', direction = 90}), u8g2.GetDisplayWidth()", "1,64")]
    [InlineData(Begin + ", u8g2.SetFontMode(1), u8g2.SetFont(u8g2.font_opposansm16), u8g2.SetFont(1)", "1,true,true")]
    [InlineData(Begin + ", u8g2.DrawXBM(0, 0, 8, 2, 'ab'), u8g2.DrawXBM(0, 0, 8, 2, 'a')", "1,true")]
    [InlineData(Begin + ", u8g2.CopyBuffer(), u8g2.CopyBuffer(zbuff.create(10))", "1,1024")]
    [InlineData(Begin + ", u8g2.close(), " + Begin, "1,nil,1")]
    [InlineData("select('#', u8g2.DrawGlyph()), select('#', u8g2.SetBitmapMode())", "0,0")]
    [InlineData(Begin + ", select('#', u8g2.SetBitmapMode(1)), pcall(u8g2.SetBitmapMode)",
        "1,0,false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData(Begin + ", select('#', u8g2.DrawGlyph(3, 20, 65)), pcall(u8g2.DrawGlyph, 3)",
        "1,0,false,bad argument #2 to '?' (number expected, got no value)")]
    [InlineData(Begin + ", pcall(u8g2.DrawEllipse)", "1,false,bad argument #1 to '?' (number expected, got no value)")]
    [InlineData(Begin + ", pcall(u8g2.DrawFilledEllipse, 1, 'x')",
        "1,false,bad argument #2 to '?' (number expected, got string)")]
    [InlineData(Begin + ", select('#', u8g2.DrawButtonUTF8('x', 1, 2, 3, 4, 5, 6))", "1,0")]
    [InlineData(Begin + ", pcall(u8g2.DrawButtonUTF8)",
        "1,false,bad argument #1 to '?' (string expected, got no value)")]
    [InlineData(Begin + ", pcall(u8g2.DrawButtonUTF8, 5, 1, 2, 3, 4, 5)",
        "1,false,bad argument #7 to '?' (number expected, got no value)")]
    [InlineData(Begin + ", pcall(u8g2.DrawButtonUTF8, 'x', 1, 2, u8g2.BTN_BW1, nil, 5, 6)",
        "1,false,bad argument #5 to '?' (number expected, got nil)")]
    [InlineData("u8g2.font_opposansm12 == lcd.font_opposansm12", "true")]
    public void A_call_returns(string expression, string expected) => BusBench.Eval(expression).ShouldBe(expected);

    [Theory]
    [InlineData(Begin, "D/u8g2 driver ssd1306 mode i2c_hw")]
    [InlineData(Begin, "D/u8g2 setup done")]
    [InlineData(Begin + ", " + Begin, "W/u8g2 disp is aready inited")]
    [InlineData("u8g2.begin({ic = 'ssd1306'})", "E/u8g2 need mode!!!")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'x'})", "E/u8g2 no such mode [x]")]
    [InlineData("u8g2.begin({ic = 'ssd1306\\0x', mode = 'i2c_hw\\0x'})", "D/u8g2 driver ssd1306 mode i2c_hw")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'i\\0' .. ('x'):rep(15)})",
        "E/u8g2 mode string too short or too long!!")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = '\\xC4\\x80'})", "E/u8g2 no such mode [Ā]")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = ('x'):rep(17)})", "E/u8g2 mode string too short or too long!!")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'spi_sw_4pin'})", "W/u8g2 disp init fail")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'i2c_hw', x_offset = 2})", "D/u8g2 设置x偏移量 2")]
    [InlineData("u8g2.DrawUTF8('a', 1, 2)", "W/u8g2 disp not init yet!!!")]
    [InlineData("u8g2.DrawButtonUTF8()", "W/u8g2 disp not init yet!!!")]
    [InlineData("u8g2.SetFont(u8g2.font_opposansm12)", "I/u8g2 u8g2 not init yet!!!")]
    [InlineData(Begin + ", u8g2.SetFont(1)", "E/u8g2 no such font")]
    [InlineData("u8g2.begin({ic = 'ssd1306', mode = 'spi_hw_4pin', spi_id = 0, spi_res = 1, spi_dc = 10, spi_cs = 8})",
        "I/u8g2 spi_mode:0 bandrate:8000000 cs_pin:8")]
    public void A_call_logs(string expression, string line) => BusBench.Run(expression).Lines.ShouldContain(line);

    [Fact]
    public void A_start_and_a_picture_go_out_on_i2c()
    {
        var sent = BusBench.Run(Begin + ", u8g2.SetContrast(17), u8g2.SetPowerSave(1), u8g2.SendBuffer()").I2c
            .Select(one => Convert.ToHexString(one.Written!.Value.Span)).ToList();
        sent[..19].ShouldBe(
        [
            "00AE", "00D580", "00A83F", "00D300", "0040", "008D14", "002000", "00A1", "00C8", "00DA12", "0081CF",
            "00D9F1", "00DB40", "002E", "00A4", "00A6", "00AF", "008111", "00AE",
        ]);
        sent[19..21].ShouldBe(["0040", "001000B0"]);
        sent[21..27].Select(piece => piece.Length / 2).ShouldBe([25, 25, 25, 25, 25, 9]);
        sent.Count.ShouldBe(19 + (8 * 8));
        sent[27..29].ShouldBe(["0040", "001000B1"]);
    }

    [Fact]
    public void On_spi_a_pin_tells_data_from_commands()
    {
        var bench = BusBench.Run("u8g2.begin({ic = 'ssd1306', mode = 'spi_hw_4pin', spi_id = 0, spi_res = 1, " +
            "spi_dc = 10, spi_cs = 8}), u8g2.SendBuffer()");
        bench.Spi.Take(3).Select(one => Convert.ToHexString(one.Sent.Span)).ShouldBe(["AE", "D5", "80"]);
        bench.Spi[^1].Sent.Length.ShouldBe(128);
    }

    [Theory]
    [InlineData("sh1106", "", "001002B7", "bandrate:4000000")]
    [InlineData("sh1106", ", x_offset = 0", "001000B7", "bandrate:4000000")]
    [InlineData("ssd1306", "", "001000B7", "bandrate:8000000")]
    public void An_sh1106_starts_at_its_third_column(string chip, string more, string place, string rate)
    {
        var bench = BusBench.Run(
            $"u8g2.begin({{ic = '{chip}', mode = 'i2c_hw', i2c_id = 0{more}}}), u8g2.SendBuffer()");
        bench.I2c.Select(one => Convert.ToHexString(one.Written!.Value.Span)).ShouldContain(place);
        bench = BusBench.Run(
            $"u8g2.begin({{ic = '{chip}', mode = 'spi_hw_4pin', spi_id = 0, spi_dc = 10, spi_cs = 8}})");
        bench.Lines.ShouldContain(line => line.Contains(rate));
        bench.Spi.Take(3).Select(one => Convert.ToHexString(one.Sent.Span)).ShouldBe(["AE", "D5", "80"]);
    }

    [Fact]
    public void A_small_ssd1306_has_half_the_lines()
    {
        const string small = "u8g2.begin({ic = 'ssd1306_128x32', mode = 'i2c_hw', i2c_id = 0})";
        BusBench.Eval(small + ", u8g2.GetDisplayWidth(), u8g2.GetDisplayHeight(), u8g2.CopyBuffer()")
            .ShouldBe("1,128,32,512");
        BusBench.Eval("u8g2.begin({ic = 'ssd1306_128x32', mode = 'i2c_hw', direction = 270}), u8g2.GetDisplayWidth()")
            .ShouldBe("1,32");
        var sent = BusBench.Run(small + ", u8g2.DrawPixel(127, 31), u8g2.SendBuffer()").I2c
            .Select(one => Convert.ToHexString(one.Written!.Value.Span)).ToList();
        sent[..18].ShouldBe(
        [
            "00AE", "00D580", "00A81F", "00D300", "0040", "008D14", "002000", "00A1", "00C8", "00DA02", "00818F",
            "00D9F1", "00DB40", "002E", "00A4", "00A6", "00AF", "001000B0",
        ]);
        sent.Count.ShouldBe(17 + (4 * 7));
        sent[^1].ShouldBe("400000000000000080");
    }

    [Fact]
    public void A_small_ssd1306_is_known_on_i2c_only() => BusBench.Run(
        "pcall(u8g2.begin, {ic = 'ssd1306_128x32', mode = 'spi_hw_4pin', spi_id = 0, spi_dc = 10, spi_cs = 8})")
        .NotModelled.ShouldHaveSingleItem();

    [Fact]
    public void An_ssd1309_has_commands_of_its_own()
    {
        var bench = BusBench.Run("u8g2.begin({ic = 'ssd1309', mode = 'i2c_hw', i2c_id = 0}), u8g2.SendBuffer()");
        var sent = bench.I2c.Select(one => Convert.ToHexString(one.Written!.Value.Span)).ToArray();
        sent.Take(15).ShouldBe([
            "00AE", "00D5A0", "0040", "002002", "00A1", "00C8", "00DA12", "00816F", "00D9D3", "00DB20", "002E", "00A4",
            "00A6", "00AF", "001002B0",
        ]);
        bench = BusBench.Run("u8g2.begin({ic = 'ssd1309', mode = 'spi_hw_4pin', spi_id = 0, spi_dc = 10, spi_cs = 8})");
        bench.Lines.ShouldContain(line => line.Contains("bandrate:4000000"));
        bench.Spi.Take(3).Select(one => Convert.ToHexString(one.Sent.Span)).ShouldBe(["AE", "D5", "A0"]);
    }

    [Theory]
    [InlineData("st7567", "E2 AE 40 A1 C0 A6 A3 2C 2E 2F 23 81 0A AE A5 A4 AF 10 04 B0")]
    [InlineData("uc1701", "E2 AE 40 A0 C8 A6 A2 2F F8 00 23 81 27 AC AE A5 A4 AF 10 00 B0")]
    [InlineData("st7565_jlx12864g109pc", "E2 2C 2E 2F 23 81 27 A2 C8 A0 60 A4 AF 10 01 B0")]
    public void A_display_of_liquid_crystals_has_a_start_of_its_own(string chip, string sent)
    {
        var bench = BusBench.Run(
            Lcd(chip) + ", u8g2.SetContrast(200), u8g2.SetPowerSave(1), u8g2.SendBuffer()");
        var bytes = bench.Spi.Select(one => Convert.ToHexString(one.Sent.Span)).ToArray();
        var start = sent.Split(' ');
        bytes[..(start.Length - 3)].ShouldBe(start[..^3]);
        bytes[(start.Length - 3)..(start.Length + 4)].ShouldBe(["81", "32", "AE", "A5", .. start[^3..]]);
        bytes[start.Length + 4].Length.ShouldBe(256);
        bytes.Length.ShouldBe(start.Length + 1 + (4 * 8));
        bench.Lines.ShouldContain("I/u8g2 spi_mode:0 bandrate:4000000 cs_pin:8");
    }

    [Fact]
    public void Nothing_is_written_behind_the_memory_of_a_display_of_liquid_crystals()
    {
        BusBench.Run(Lcd("uc1701", ", x_offset = 12") + ", u8g2.SendBuffer()").Spi[^1].Sent.Length.ShouldBe(120);
        BusBench.Run(Lcd("uc1701", ", x_offset = 132") + ", u8g2.SendBuffer()").Spi[^1].Sent.Length.ShouldBe(1);
        var fixedOffset = BusBench.Run(Lcd("st7565_jlx12864g109pc", ", x_offset = 12") + ", u8g2.SendBuffer()").Spi;
        fixedOffset[^1].Sent.Length.ShouldBe(128);
        Convert.ToHexString(fixedOffset[^3].Sent.Span).ShouldBe("01");
    }

    [Theory]
    [InlineData("st7567", "i2c_hw", true)]
    [InlineData("st7565", "i2c_hw", true)]
    [InlineData("sh1107", "i2c_hw", true)]
    [InlineData("ssd1322", "i2c_hw", false)]
    [InlineData("custom", "i2c_hw", false)]
    [InlineData("st7565", "spi_hw_4pin", false)]
    [InlineData("sh1107", "spi_hw_4pin", false)]
    public void A_chip_that_is_not_known_on_i2c_is_taken_for_an_ssd1306(string chip, string mode, bool isTaken)
    {
        var bench = BusBench.Run($"pcall(u8g2.begin, {{ic = '{chip}', mode = '{mode}', spi_dc = 10, spi_cs = 8}})");
        bench.NotModelled.Count.ShouldBe(isTaken ? 0 : 1);
        bench.I2c.Count.ShouldBe(isTaken ? 17 : 0);
    }

    [Fact]
    public void Pins_as_i2c_send_the_same_and_wait_for_nobody()
    {
        const string soft = "u8g2.begin({ic = 'ssd1306', mode = 'i2c_sw', i2c_scl = 5, i2c_sda = 4})";
        var sent = BusBench.Run(soft + ", u8g2.SendBuffer()").I2c.ToList();
        sent.ShouldAllBe(one => one.Bus == "5/4" && one.Took < TimeSpan.FromMilliseconds(2));
        var byTheChip = BusBench.Run(Begin + ", u8g2.SendBuffer()").I2c;
        sent.Select(one => Convert.ToHexString(one.Written!.Value.Span)).ShouldBe(
            byTheChip.Select(one => Convert.ToHexString(one.Written!.Value.Span)));
        BusBench.Eval(soft).ShouldBe("1");
    }

    private static string Lcd(string chip, string more = "") =>
        $"u8g2.begin({{ic = '{chip}', mode = 'spi_hw_4pin', spi_id = 0, spi_res = 1, spi_dc = 10, spi_cs = 8{more}}})";
}
