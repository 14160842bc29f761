using System.Text.Json;
using AirHil.Modem.Units;

namespace AirHil.Modem.Tests.Units;

public sealed class UnicodeJsonTests
{
    [Theory]
    [InlineData("\"\\ud83d\\ude00\"")]
    [InlineData("{\"a\":[1,\"\\u4e2d\"],\"a\":null}")]
    public void Whole_characters_are_read(string text) =>
        UnicodeJson.Parse(text).RootElement.GetRawText().ShouldBe(text);

    [Theory]
    [InlineData("\"\\ud800\"", 0)]
    [InlineData("\"\\ude00\\ud83d\"", 0)]
    [InlineData("{\"a\":1,\n\"\\ud800\":2}", 1)]
    [InlineData("[\n\n[\"x\",\"y\\udfff\"]]", 2)]
    public void Half_of_a_character_is_refused_with_its_line(string text, long line)
    {
        var problem = Should.Throw<JsonException>(() => UnicodeJson.Parse(text));
        problem.Message.ShouldContain("half of a surrogate pair");
        problem.LineNumber.ShouldBe(line);
    }

    [Fact]
    public void A_key_that_comes_twice_is_refused_where_that_is_asked_for()
    {
        const string Text = "{\"a\":1,\"a\":2}";
        UnicodeJson.Parse(Text).RootElement.GetProperty("a").GetInt32().ShouldBe(2);
        Should.Throw<JsonException>(() => UnicodeJson.Parse(Text, allowsDuplicates: false));
    }
}
