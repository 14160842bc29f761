using AirHil.Modem.Units;
using CsCheck;

namespace AirHil.Modem.Tests.Units;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("81ms", 810_000)]
    [InlineData("81 ms", 810_000)]
    [InlineData(" 3 s ", 30_000_000)]
    [InlineData("0s", 0)]
    [InlineData("1.5m", 900_000_000)]
    [InlineData("2 min", 1_200_000_000)]
    [InlineData("24h", 864_000_000_000)]
    [InlineData("1 d", 864_000_000_000)]
    [InlineData("0.0001 ms", 1)]
    [InlineData("4.448 s", 44_480_000)]
    public void A_number_and_a_unit_are_a_duration(string text, long ticks) =>
        DurationText.Parse(text).Ticks.ShouldBe(ticks);

    [Theory]
    [InlineData("", "not a duration")]
    [InlineData("s", "not a duration")]
    [InlineData("soon", "not a duration")]
    [InlineData("-3s", "not a duration")]
    [InlineData("1.2.3s", "not a duration")]
    [InlineData("1,5s", "the unit ',5s'")]
    [InlineData("20", "has no unit; write 20ms, 20s, 20m or 20h")]
    [InlineData("3 sec", "the unit 'sec', which is not one of ms, s, m, h, d")]
    [InlineData("3 S", "the unit 'S'")]
    [InlineData("10001 d", "too long")]
    public void Anything_else_is_refused_with_what_is_missing(string text, string said) =>
        Should.Throw<FormatException>(() => DurationText.Parse(text)).Message.ShouldContain(said);

    [Theory]
    [InlineData(0, "0 s")]
    [InlineData(810_000, "81 ms")]
    [InlineData(1, "0.0001 ms")]
    [InlineData(30_000_000, "3 s")]
    [InlineData(15_000_000, "1.5 s")]
    [InlineData(600_000_000, "60 s")]
    [InlineData(1_200_000_000, "2 min")]
    [InlineData(36_000_000_000, "1 h")]
    [InlineData(-15_000_000, "-1.5 s")]
    public void The_shortest_exact_form_is_written(long ticks, string text) =>
        DurationText.Format(TimeSpan.FromTicks(ticks)).ShouldBe(text);

    [Theory]
    [InlineData(123_456_789, 0, "12.346 s")]
    [InlineData(123_456_789, 123_456_790, "12.3456789 s")]
    [InlineData(123_456_789, 123_450_000, "12.346 s")]
    [InlineData(123_456_789, 123_456_000, "12.345679 s")]
    [InlineData(123_456_789, 123_456_789, "12.346 s")]
    [InlineData(123_456, 0, "12.346 ms")]
    [InlineData(9_999_999, 0, "1 s")]
    [InlineData(-123_456_789, 0, "-12.346 s")]
    [InlineData(0, 1, "0 s")]
    public void A_sentence_has_as_many_decimals_as_it_needs(long ticks, long beside, string text) =>
        DurationText.Say(TimeSpan.FromTicks(ticks), TimeSpan.FromTicks(beside)).ShouldBe(text);

    [Fact]
    public void What_is_written_reads_back() => Gen.Long[0, TimeSpan.TicksPerDay * 100].Sample(
        ticks => DurationText.Parse(DurationText.Format(TimeSpan.FromTicks(ticks))).Ticks == ticks);
}
