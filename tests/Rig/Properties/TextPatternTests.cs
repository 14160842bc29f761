using AirHil.Rig.Properties;

namespace AirHil.Rig.Tests.Properties;

public sealed class TextPatternTests
{
    [Theory]
    [InlineData("R,{no},{*}", "R,007,21.5", "7")]
    [InlineData("R,{no},{*}", "X,007,21.5", null)]
    [InlineData("{a}={b}", "x=y", "x y")]
    [InlineData("(.*){a}", "(.*)x", "x")]
    [InlineData("{a},{b}", "1,2,3", "1 2,3")]
    [InlineData("{*},{b}!", "1,2!,3!", "2!,3")]
    [InlineData("a{x}a", "a", null)]
    [InlineData("{a}{b}", "xy", " xy")]
    [InlineData("R,{no}", "R,7\n", "7")]
    [InlineData("R,{no},x", "R,7,x\r\n", "7")]
    [InlineData("plain text", "plain text", "")]
    [InlineData("plain text", "plain texts", null)]
    [InlineData("no", "{\"no\": 3}", "3")]
    [InlineData("no", "no", null)]
    [InlineData("{\"no\": no, \"kind\": \"report\", \"rest\": *}",
        "{\"rest\":[1],\"no\":3.50,\"kind\":\"report\"}", "3.5")]
    [InlineData("{\"no\": no, \"kind\": \"report\"}", "{\"no\":3,\"kind\":\"other\"}", null)]
    [InlineData("{'no': {no}, 'ok': true}", "{\"no\":\"a\",\"ok\":true}", "a")]
    [InlineData("{\"no\": no, \"n\": 7}", "{\"no\":1,\"n\":7.0}", "1")]
    public void A_text_fits_or_does_not(string pattern, string text, string? values)
    {
        var match = TextPattern.Parse(pattern).Match(text);
        (match is null ? null : string.Join(' ', match)).ShouldBe(values);
    }

    [Fact]
    public void A_text_that_nearly_fits_in_many_ways_is_judged_at_once() =>
        TextPattern.Parse("{*}a{*}a{*}a{*}a{*}a{*}a{*}b").Match(new string('a', 100_000)).ShouldBeNull();

    [Theory]
    [InlineData("R,{no", "'R,{no': a field is {name} or {*}")]
    [InlineData("{\"a\": {\"b\": 1}}", "is no pattern of JSON")]
    public void What_is_no_pattern_is_told(string pattern, string problem) =>
        Should.Throw<FormatException>(() => TextPattern.Parse(pattern)).Message.ShouldContain(problem);
}
