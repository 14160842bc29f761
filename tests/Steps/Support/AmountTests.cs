using AirHil.Steps.Support;

namespace AirHil.Steps.Tests.Support;

public sealed class AmountTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1_000_001)]
    [InlineData(-1)]
    public void A_number_of_bytes_has_bounds(int number) =>
        Should.Throw<FormatException>(() => Amount.Bytes(number)).Message
            .ShouldBe($"{number} is not a number of bytes from 0 to 1000000");

    [Fact]
    public void What_is_within_the_bounds_is_taken()
    {
        Amount.Bytes(1_000_000).ShouldBe(1_000_000);
        Amount.Packets(100_000).ShouldBe(100_000);
        Amount.Status(503).ShouldBe(503);
        Amount.CloseCode(1001).ShouldBe(1001);
    }
}
