using AirHil.Rig.Service;

namespace AirHil.Rig.Tests.Service;

/// <summary>The rows of reference §9.</summary>
public sealed class AirTunEchoTests
{
    private static string? Answer(string text, bool isText = true)
    {
        var answers = new List<ServiceMessage>();
        new AirTunEcho().React(ServiceMessage.Of(text) with { IsText = isText }, answers);
        answers.ShouldAllBe(a => a.IsText);
        return answers.Count == 0 ? null : answers.ShouldHaveSingleItem().Text;
    }

    [Theory]
    [InlineData("{\"action\":\"echo\",\"msg\":\"Sat Oct 12 21:29:53 2024\"}",
        "{\n   \"action\": \"echo\",\n   \"msg\": \"Sat Oct 12 21:29:53 2024\",\n   \"server\": \"airtun\"\n}")]
    [InlineData("{\"server\":1,\"action\":\"echo\"}", "{\n   \"server\": \"airtun\",\n   \"action\": \"echo\"\n}")]
    [InlineData("{\"z\":null,\"a\":1.50,\"action\":\"echo\"}",
        "{\n   \"z\": null,\n   \"a\": 1.50,\n   \"action\": \"echo\",\n   \"server\": \"airtun\"\n}")]
    [InlineData("{action:'echo'}", "{\n   \"action\": \"echo\",\n   \"server\": \"airtun\"\n}")]
    [InlineData("{\"action\":\"echo\",\"a\":1,\"a\":2,}",
        "{\n   \"action\": \"echo\",\n   \"a\": 2,\n   \"server\": \"airtun\"\n}")]
    [InlineData("{\"action\":\"echo\",\"o\":{\"b\":[1,true,{}],\"c\":{}}}",
        "{\n   \"action\": \"echo\",\n   \"o\": {\n      \"b\": [1, true, {\n      }],\n      \"c\": {\n      }\n" +
        "   },\n   \"server\": \"airtun\"\n}")]
    [InlineData("{\"action\":\"echo\",\"t\":\"a\\\"b\\\\\\n\\u0001/\\/\\u00e9\"}",
        "{\n   \"action\": \"echo\",\n   \"t\": \"a\\\"b\\\\\\n\\u0001//\u00E9\",\n   \"server\": \"airtun\"\n}")]
    [InlineData(" /* hi */ {\"action\":\"echo\"} // bye", "{\n   \"action\": \"echo\",\n   \"server\": \"airtun\"\n}")]
    public void An_echo_comes_back_with_the_server(string asked, string answer) => Answer(asked).ShouldBe(answer);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"action\":\"\"}")]
    [InlineData("{\"action\":\" \"}")]
    [InlineData("{\"action\":null}")]
    [InlineData("{\"action\":\"Echo\"}")]
    [InlineData("{\"action\":\"defaultAction\"}")]
    [InlineData("{\"msg\":\"echo\"}")]
    [InlineData("\"echo\"")]
    [InlineData("null")]
    [InlineData("[\"action\",\"echo\"]")]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("{\"action\":\"echo\"")]
    [InlineData("{\"action\":\"echo\"} more")]
    [InlineData("{\"action\":\"echo\",\"x\":\"\\q\"}")]
    [InlineData("{\"action\":\"echo\",\"x\":1e}")]
    public void All_else_is_not_answered(string asked) => Answer(asked).ShouldBeNull();

    [Fact]
    public void Binary_is_not_answered() => Answer("{\"action\":\"echo\"}", isText: false).ShouldBeNull();

    [Fact]
    public void Deep_nesting_is_refused_and_harmless() =>
        Answer("{\"action\":\"echo\",\"x\":" + new string('[', 100_000)).ShouldBeNull();
}
