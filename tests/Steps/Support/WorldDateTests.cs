using AirHil.Steps.Support;

namespace AirHil.Steps.Tests.Support;

public sealed class WorldDateTests
{
    [Theory]
    [InlineData("2024-10-12", "2024-10-11T16:00:00Z")]
    [InlineData("2024-10-12T21:29", "2024-10-12T13:29:00Z")]
    [InlineData("2024-10-12 21:29:48", "2024-10-12T13:29:48Z")]
    [InlineData("2024-10-12T21:29:48Z", "2024-10-12T21:29:48Z")]
    [InlineData("2024-10-12T21:29:48+01:00", "2024-10-12T20:29:48Z")]
    public void A_date_without_a_zone_is_in_the_modules_own(string text, string utc) =>
        WorldDate.Parse(text).UtcDateTime
            .ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(utc);

    [Theory]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("21:29")]
    [InlineData("12.10.2024")]
    [InlineData("10/12/2024")]
    [InlineData("2024-02-30")]
    public void What_leaves_open_which_day_it_is_is_no_date(string text) =>
        Should.Throw<FormatException>(() => WorldDate.Parse(text)).Message
            .ShouldContain("is not a date; write it as 2024-10-12");

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("1999-12-31")]
    [InlineData("2038-01-01")]
    [InlineData("9999-12-31")]
    public void A_year_that_the_module_cannot_tell_is_refused(string text) =>
        Should.Throw<FormatException>(() => WorldDate.Parse(text)).Message.ShouldContain("2000 to 2037");
}
