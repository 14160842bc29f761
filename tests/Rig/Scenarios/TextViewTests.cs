using AirHil.Rig.Scenarios;

namespace AirHil.Rig.Tests.Scenarios;

public sealed class TextViewTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\tb\r\n", "a\\tb\\r\\n")]
    [InlineData("\u0001\u007f", "\\x01\\x7F")]
    [InlineData("\u009b31m a\u202eb", "\\u009B31m a\\u202Eb")]
    [InlineData("数据", "数据")]
    public void Control_characters_are_in_sight(string text, string shown) => TextView.Visible(text).ShouldBe(shown);

    [Fact]
    public void Long_text_is_cut() => TextView.Visible(new string('x', 50), 10).ShouldBe("xxxxxxxxxx…");

    [Fact]
    public void Bytes_are_text_where_they_can_be()
    {
        TextView.Visible("ok\r\n"u8).ShouldBe("ok\\r\\n");
        TextView.Visible([0xA5, 0x5A]).ShouldBe("A55A");
        TextView.Visible([1, 2, 3]).ShouldBe("010203");
    }
}
