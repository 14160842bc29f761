using AirHil.Rig.Properties;

namespace AirHil.Rig.Tests.Properties;

public sealed class PlaceTests
{
    [Theory]
    [InlineData("the service")]
    [InlineData("the log")]
    [InlineData("UART 32")]
    [InlineData("topic a/b")]
    [InlineData("phone +8613800000000")]
    [InlineData("the service's log")]
    [InlineData("the peer's log")]
    public void A_place_reads_as_it_is_written(string text) => Place.Parse(text).ToString().ShouldBe(text);

    [Fact]
    public void What_is_no_place_is_told() => Should.Throw<FormatException>(() => Place.Parse("UART x")).Message
        .ShouldBe(
            "'UART x' is no place of texts; write the service, the log, UART 1, topic NAME, phone NUMBER, the " +
            "service's log or the peer's log");
}
