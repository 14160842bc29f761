using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

public class LogLineKindsTests
{
    [Theory]
    [InlineData("I/user.wsc\tconack", nameof(LogLineKind.User))]
    [InlineData("E/user.wsc conack", nameof(LogLineKind.User))]
    [InlineData("I/main.lua:22\tbsp\tEC618", nameof(LogLineKind.User))]
    [InlineData("D/mobile cid1, state0", nameof(LogLineKind.Firmware))]
    [InlineData("I/main LuatOS@EC618 base 23.11 bsp V1112 32bit", nameof(LogLineKind.Firmware))]
    [InlineData("+CSQ: 28", nameof(LogLineKind.Status))]
    [InlineData("+SOCCELL: 460,f000,3590,215,80464524", nameof(LogLineKind.Status))]
    [InlineData("soc poweron: 3 V1112 0", nameof(LogLineKind.Status))]
    [InlineData("am_service_init 851:Air780E_A17", nameof(LogLineKind.Platform))]
    [InlineData("self_info 122:model Air780E_A17 imei 86771307xxxxxxx", nameof(LogLineKind.Platform))]
    [InlineData("Uart_BaseInitEx 1049:uart 0 rx cache 256 dma 256", nameof(LogLineKind.Platform))]
    [InlineData("hello", nameof(LogLineKind.Other))]
    [InlineData("12:30 lunch", nameof(LogLineKind.Other))]
    [InlineData("", nameof(LogLineKind.Other))]
    public void Every_line_has_a_kind(string line, string kind) =>
        LogLineKinds.Of(line).ToString().ShouldBe(kind);

    [Theory]
    [InlineData("I/user.wsc\tconack\tnil", 'I', "wsc", "conack\tnil")]
    [InlineData("W/user.wsc conack nil", 'W', "wsc", "conack nil")]
    [InlineData("I/user.alone", 'I', "alone", "")]
    [InlineData("I/user.tag\t", 'I', "tag", "")]
    public void A_script_line_has_level_tag_and_text_with_either_separator(
        string line, char level, string tag, string text)
    {
        LogLineKinds.TryReadUser(line, out var l, out var t, out var rest).ShouldBeTrue();
        (l, t, rest).ShouldBe((level, tag, text));
    }

    [Theory]
    [InlineData("I/main x")]
    [InlineData("I/user.")]
    [InlineData("X/user.a b")]
    public void Other_lines_are_no_script_lines(string line) =>
        LogLineKinds.TryReadUser(line, out _, out _, out _).ShouldBeFalse();
}
