using AirHil.Hunt.Surroundings;

namespace AirHil.Hunt.Tests.Surroundings;

public sealed class PatternLineTests
{
    [Theory]
    [InlineData("^%$HB,(%d+),(%d+)%*$", "$HB,{n},72*")]
    [InlineData("C,(%d+)\r?\n", "C,{n}\r\n")]
    [InlineData("^T=(%d+)", "T={n}")]
    [InlineData("^([^,]+),(.-);", "{n},;")]
    [InlineData("^(.-)\r?\n(.*)$", "{n}\r\n")]
    [InlineData("R,([0-9]+),([%d.]+)", "R,{n},72")]
    [InlineData("[AB]%s*(%d)", "A1")]
    [InlineData("%b()%f[%w]x", "()x")]
    [InlineData("(%w+)=(%d%d)", "a=11")]
    [InlineData("%", "%")]
    [InlineData("%f", "")]
    [InlineData("%f%f[%d](%d+)", "{n}")]
    [InlineData("[", "")]
    [InlineData("plain", null)]
    public void A_text_fits_the_pattern(string pattern, string? text) => PatternLine.Of(pattern).ShouldBe(text);
}
