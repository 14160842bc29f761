using AirHil.Board.Log;

namespace AirHil.Board.Tests.Log;

public class UserLineTests
{
    [Theory]
    [InlineData("I/user.wsc\tconack\tnil", 'I', "wsc", "conack\tnil")]
    [InlineData("W/user.wsc conack nil", 'W', "wsc", "conack nil")]
    [InlineData("I/user.alone", 'I', "alone", "")]
    [InlineData("I/user.tag\t", 'I', "tag", "")]
    public void A_script_line_has_level_tag_and_text_with_either_separator(
        string line, char level, string tag, string text)
    {
        UserLine.TryRead(line, out var l, out var t, out var rest).ShouldBeTrue();
        (l, t, rest).ShouldBe((level, tag, text));
    }

    [Theory]
    [InlineData("I/main x")]
    [InlineData("I/user.")]
    [InlineData("X/user.a b")]
    public void Other_lines_are_no_script_lines(string line) =>
        UserLine.TryRead(line, out _, out _, out _).ShouldBeFalse();
}
