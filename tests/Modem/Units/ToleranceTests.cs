using AirHil.Modem.Units;

namespace AirHil.Modem.Tests.Units;

public sealed class ToleranceTests
{
    [Theory]
    [InlineData("± 5 %", "± 5 %")]
    [InlineData("5%", "± 5 %")]
    [InlineData("±2.5 %", "± 2.5 %")]
    [InlineData("± 50 ms", "± 50 ms")]
    [InlineData("1ms", "± 1 ms")]
    public void Shares_and_times_are_read(string text, string shown) =>
        Tolerance.Parse(text).ToString().ShouldBe(shown);

    [Theory]
    [InlineData("")]
    [InlineData("± %")]
    [InlineData("± 5")]
    [InlineData("about 5 %")]
    [InlineData("± 1001 %")]
    [InlineData("± 5 %%")]
    [InlineData("± 99999999999999999999 %")]
    public void Anything_else_is_refused(string text) => Should.Throw<FormatException>(() => Tolerance.Parse(text));

    [Theory]
    [InlineData("5 %", 3000, 2850, true)]
    [InlineData("5 %", 3000, 3150, true)]
    [InlineData("5 %", 3000, 2849, false)]
    [InlineData("5 %", 3000, 3151, false)]
    [InlineData("1 ms", 3000, 3001, true)]
    [InlineData("1 ms", 3000, 3002, false)]
    public void The_bounds_belong_to_it(string tolerance, int expectedMs, int actualMs, bool holds) =>
        Tolerance.Parse(tolerance).Holds(Ms(expectedMs), Ms(actualMs)).ShouldBe(holds);

    [Fact]
    public void Of_two_parts_the_wider_counts()
    {
        var both = new Tolerance(Ms(100), 0.05);
        both.Width(Ms(1000)).ShouldBe(Ms(100));
        both.Width(Ms(4000)).ShouldBe(Ms(200));
        Tolerance.None.Holds(Ms(10), Ms(10)).ShouldBeTrue();
        Tolerance.None.Holds(Ms(10), Ms(10) + TimeSpan.FromTicks(1)).ShouldBeFalse();
    }

    private static TimeSpan Ms(int ms) => TimeSpan.FromMilliseconds(ms);
}
