using AirHil.Gherkin.Suggestions;
using CsCheck;

namespace AirHil.Gherkin.Tests.Suggestions;

public sealed class EditDistanceTests
{
    [Theory]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("Network", "network", 0)]
    [InlineData("netwrok", "network", 2)]
    public void Counts_the_characters_to_change(string first, string second, int distance) =>
        EditDistance.Between(first, second).ShouldBe(distance);

    [Fact]
    public void Is_symmetric() => Gen.Select(Gen.String.AlphaNumeric, Gen.String.AlphaNumeric).Sample((first, second) =>
        EditDistance.Between(first, second) == EditDistance.Between(second, first));
}
