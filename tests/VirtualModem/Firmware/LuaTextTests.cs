using AirHil.Lua.Values;
using AirHil.VirtualModem.Firmware;

namespace AirHil.VirtualModem.Tests.Firmware;

public sealed class LuaTextTests
{
    [Theory]
    [InlineData("12abc", 12.0)]
    [InlineData(" \t-1.5e2x", -150.0)]
    [InlineData(".5.5", 0.5)]
    [InlineData("5.", 5.0)]
    [InlineData("1e+", 1.0)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("-Infinity", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("", null)]
    [InlineData("-.e5", null)]
    [InlineData("x1", null)]
    public void A_number_is_the_longest_beginning_that_is_one(string text, double? number) =>
        LuaText.LeadingNumber(LuaString.FromText(text)).ShouldBe(number);

    /// <summary>Each character is looked at a few times, not once for each character before it.</summary>
    [Fact]
    public void A_long_text_without_an_end_is_read_in_one_pass() =>
        LuaText.LeadingNumber(LuaString.FromText(new string('0', 1_000_000) + "7x")).ShouldBe(7);
}
