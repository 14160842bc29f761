using AirHil.Rig.Service.Json;

namespace AirHil.Rig.Tests.Service.Json;

public sealed class LenientJsonReaderTests
{
    [Theory]
    [InlineData("{a:1,'b':\"2\",}")]
    [InlineData("// one\n{\"a\":1 /* two */ ,\"b\":\"2\"}")]
    public void Names_without_quotes_comments_and_a_last_comma_are_read(string text)
    {
        LenientJsonReader.TryRead(text, out var value).ShouldBeTrue();

        PrettyJsonWriter.Write(value).ShouldBe("{\n   \"a\": 1,\n   \"b\": \"2\"\n}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{a}")]
    [InlineData("[1,2")]
    [InlineData("{} x")]
    public void What_is_cut_or_followed_by_more_is_refused(string text) =>
        LenientJsonReader.TryRead(text, out _).ShouldBeFalse();
}
