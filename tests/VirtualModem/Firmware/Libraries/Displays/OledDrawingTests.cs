using AirHil.VirtualModem.Tests.Firmware.Libraries.Buses;

namespace AirHil.VirtualModem.Tests.Firmware.Libraries.Displays;

/// <summary>
/// The buffer of u8g2 after a figure, with the picture turned. The hashes are those of V1112's own code, run on a
/// computer.
/// </summary>
public sealed class OledDrawingTests
{
    [Theory]
    [InlineData(0, "u8g2.DrawPixel(3, 5)", "7B55381600CEC0C3")]
    [InlineData(0, "u8g2.DrawPixel(128, 0)", "5F70BF18A0860070")]
    [InlineData(0, "u8g2.DrawPixel(-1, 0)", "5F70BF18A0860070")]
    [InlineData(0, "u8g2.DrawLine(0, 40, 128, 40)", "7D058A75F02F1003")]
    [InlineData(0, "u8g2.DrawLine(20, 5, 5, 32)", "AB4F30DFF85E3990")]
    [InlineData(0, "u8g2.DrawLine(5, 32, 20, 5)", "AB4F30DFF85E3990")]
    [InlineData(0, "u8g2.DrawLine(3, 60, 4, 2)", "FA4BEFDDE60D060D")]
    [InlineData(0, "u8g2.DrawLine(-4, 3, 20, 9)", "191DA7D65B5D04F4")]
    [InlineData(0, "u8g2.DrawCircle(30, 50, 10, 15)", "679067489137D3AD")]
    [InlineData(0, "u8g2.DrawCircle(60, 30, 8, 5)", "D7B7589E0990A731")]
    [InlineData(0, "u8g2.DrawCircle(0, 0, 20, 15)", "38D5BC2DC33B91F8")]
    [InlineData(0, "u8g2.DrawDisc(90, 50, 10, 15)", "CA2D52649B6DCBC0")]
    [InlineData(0, "u8g2.DrawDisc(60, 30, 9, 10)", "350A00C3C13C0132")]
    [InlineData(0, "u8g2.DrawDisc(2, 2, 10, 15)", "05D31B5940FB9A9B")]
    [InlineData(0, "u8g2.DrawEllipse(30, 50, 6, 10, 15)", "A49E8D7447BCAB20")]
    [InlineData(0, "u8g2.DrawEllipse(64, 32, 40, 12, 3)", "3D85957F55A89A9E")]
    [InlineData(0, "u8g2.DrawFilledEllipse(90, 50, 6, 10, 15)", "AD08D22873E38932")]
    [InlineData(0, "u8g2.DrawFilledEllipse(5, 5, 10, 4, 15)", "CCD9DA92CAFDECF9")]
    [InlineData(0, "u8g2.DrawBox(30, 40, 30, 24)", "7FE1C417DF81FFFD")]
    [InlineData(0, "u8g2.DrawBox(-5, -5, 10, 10)", "3F933BE8A884F1BC")]
    [InlineData(0, "u8g2.DrawBox(120, 60, 40, 40)", "67A7185513839813")]
    [InlineData(0, "u8g2.DrawFrame(90, 40, 30, 24)", "44172E2563B9D998")]
    [InlineData(0, "u8g2.DrawFrame(3, 7, 25, 1)", "6179C663D1B3FC41")]
    [InlineData(0, "u8g2.DrawFrame(3, 7, 25, 2)", "A7E26A49565C161C")]
    [InlineData(0, "u8g2.DrawFrame(3, 7, 1, 9)", "9E0CC4EDD95BB28F")]
    [InlineData(0, "u8g2.DrawRBox(30, 40, 30, 24, 8)", "FA81E3FE7A89C60E")]
    [InlineData(0, "u8g2.DrawRBox(3, 7, 25, 15, 0)", "611718813FDC0261")]
    [InlineData(0, "u8g2.DrawRBox(3, 7, 6, 6, 3)", "3A9EFF92E56B0BA5")]
    [InlineData(0, "u8g2.DrawRFrame(90, 40, 30, 24, 8)", "1D12C16F6B50B9E2")]
    [InlineData(0, "u8g2.DrawRFrame(3, 7, 25, 15, 2)", "9D288F1BF2D43C09")]
    [InlineData(0, "u8g2.DrawTriangle(30, 60, 60, 30, 90, 60)", "5A266591463DD826")]
    [InlineData(0, "u8g2.DrawTriangle(20, 5, 27, 50, 5, 32)", "5AED6B2C48B34296")]
    [InlineData(0, "u8g2.DrawTriangle(10, 10, 50, 10, 30, 40)", "574B6F86DDDE2AD0")]
    [InlineData(0, "u8g2.DrawTriangle(-20, 5, 60, 20, 10, 70)", "A0DB3D2CE8F6AD1C")]
    [InlineData(0, "u8g2.DrawTriangle(5, 5, 5, 9, 5, 30)", "5F70BF18A0860070")]
    [InlineData(0, "u8g2.DrawBox(10, 10, 20, 20), u8g2.SetDrawColor(0), u8g2.DrawBox(12, 12, 5, 5)",
        "8E99F3B4885D3BD4")]
    [InlineData(0, "u8g2.DrawBox(10, 10, 20, 20), u8g2.SetDrawColor(2), u8g2.DrawDisc(20, 20, 8, 15)",
        "6EC5880CA1F9C8A3")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 40, 40, 1, 20, 2, 3)", "83CDC47425F4C20B")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 40, 40, 2, 0, 2, 2)", "134CB56DE5F03989")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 64, 40, 83, 30, 5, 4)", "400739F8183B356A")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 40, 40, 35, 20, 2, 3)", "FF10F95598284637")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 40, 40, 129, 20, 2, 3)", "92AB5F19AC725CAF")]
    [InlineData(0,
        "u8g2.DrawBox(0, 0, 128, 64), u8g2.SetDrawColor(0), u8g2.DrawButtonUTF8('', 40, 40, 90, 20, 2, 3)",
        "738F7A7DAA34BC9E")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 2, 3, 3, 20, 4, 5)", "23743435AD77AB63")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 110, 60, 27, 20, 4, 5)", "0E803F70C9A1CD0C")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 40, 40, 32, 20, 4, 5)", "768B90DCE1745ACE")]
    [InlineData(0, "u8g2.DrawButtonUTF8('', 40, 40, -1, 20, 4, 5)", "8FCF3107EC8A707F")]
    [InlineData(90, "u8g2.DrawLine(0, 0, 40, 100)", "AB71FB1A459B77D1")]
    [InlineData(90, "u8g2.DrawBox(10, 10, 20, 20)", "CAC15559014F7FAD")]
    [InlineData(180, "u8g2.DrawLine(0, 40, 128, 40)", "AD56BE8177270E4E")]
    [InlineData(180, "u8g2.DrawTriangle(30, 60, 60, 30, 90, 60)", "71EFC4243F6E4119")]
    [InlineData(270, "u8g2.DrawCircle(30, 50, 10, 15)", "C2F219BFE88F0B1B")]
    [InlineData(270, "u8g2.DrawPixel(3, 5)", "46514C1CA1F0FC14")]
    public void A_figure_is_drawn(int direction, string figure, string hash) => BusBench.Eval(
        $"(function() u8g2.begin{{ic = 'ssd1306', mode = 'i2c_hw', direction = {direction}}} " +
        $"return {figure} end)(), " +
        "(function() local b = zbuff.create(1024) u8g2.CopyBuffer(b) " +
        "return crypto.sha256(b:toStr(0, 1024)):sub(1, 16) end)()").Split(',')[^1].ShouldBe(hash);

    /// <summary>The frame of a text is as wide as the text, without the gap behind its last letter.</summary>
    [Theory]
    [InlineData("DrawButtonUTF8('II', 40, 40, 1, 0, 2, 3)", "DrawUTF8('II', 40, 40) u8g2.DrawFrame(37, 29, 17, 15)")]
    [InlineData("DrawButtonUTF8('I', 40, 40, 1, 0, 0, 0)", "DrawUTF8('I', 40, 40) u8g2.DrawFrame(39, 32, 7, 9)")]
    [InlineData("DrawButtonUTF8('I', 40, 40, 65, 20, 0, 0)", "DrawUTF8('I', 37, 40) u8g2.DrawFrame(29, 32, 22, 9)")]
    public void A_button_is_a_text_and_its_frame(string button, string figures)
    {
        string Buffer(string script) => BusBench.Eval(
            "(function() u8g2.begin{ic = 'ssd1306', mode = 'i2c_hw'} " +
            $"u8g2.{script} local b = zbuff.create(1024) u8g2.CopyBuffer(b) return b:toStr(0, 1024):toHex() end)()");
        Buffer(button).ShouldBe(Buffer("SetFontMode(1) u8g2." + figures));
    }

    /// <summary>Where letters are not transparent, what is behind them has the other colour.</summary>
    [Theory]
    [InlineData("u8g2.SetFontMode(0) u8g2.SetDrawColor(0)", "true")]
    [InlineData("u8g2.SetFontMode(1) u8g2.SetDrawColor(0)", "false")]
    [InlineData("u8g2.SetFontMode(1) u8g2.SetDrawColor(1)", "true")]
    public void Letters_in_the_colour_of_the_background_light_it(string modes, string isLit) => BusBench.Eval(
        "(function() u8g2.begin{ic = 'ssd1306', mode = 'i2c_hw'} u8g2.SetFont(u8g2.font_opposansm16) " +
        $"{modes} u8g2.DrawUTF8('I', 40, 40) local b = zbuff.create(1024) u8g2.CopyBuffer(b) " +
        "return b:toStr(0, 1024):find('[^%z]') ~= nil end)()").ShouldBe(isLit);
}
