using AirHil.Gherkin.Plan;

namespace AirHil.Gherkin.Tests.Plan;

public sealed class TagExpressionTests
{
    [Theory]
    [InlineData("@a", "a", true)]
    [InlineData("a", "a", true)]
    [InlineData("@a", "b", false)]
    [InlineData("@a and @b", "a b", true)]
    [InlineData("@a and @b", "a", false)]
    [InlineData("@a or @b", "b", true)]
    [InlineData("not @a", "", true)]
    [InlineData("@a and not @b", "a b", false)]
    [InlineData("@a or @b and @c", "a", true)]
    [InlineData("(@a or @b) and @c", "a", false)]
    [InlineData("not (@a or @b)", "b", false)]
    [InlineData("not not @a", "a", true)]
    [InlineData("@slow-ish.1 or(@b)", "slow-ish.1", true)]
    public void Chooses_by_tags(string expression, string tags, bool chosen) =>
        TagExpression.Parse(expression).Matches(tags.Split(' ')).ShouldBe(chosen);

    [Theory]
    [InlineData("", 1)]
    [InlineData("@a and", 7)]
    [InlineData("@a @b", 4)]
    [InlineData("(@a", 4)]
    [InlineData("@a)", 3)]
    [InlineData("and @a", 1)]
    public void A_mistake_is_an_error_with_the_column(string expression, int column) =>
        Should.Throw<FormatException>(() => TagExpression.Parse(expression)).Message.ShouldContain($"column {column}:");
}
