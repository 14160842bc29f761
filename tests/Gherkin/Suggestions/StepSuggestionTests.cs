using AirHil.Gherkin.Results;

namespace AirHil.Gherkin.Tests.Suggestions;

public sealed class StepSuggestionTests
{
    [Fact]
    public async Task A_near_miss_is_suggested_and_a_method_is_ready_to_paste()
    {
        var result = await TestRun.StepsAsync(
            "When the netwrok drops for 20 s and says \"a/b\" (2.5 m, 3 up)\n| a |", typeof(Steps));
        result.Status.ShouldBe(CaseStatus.Undefined);
        result.Message.ShouldBe("""
            test.feature:3  When the netwrok drops for 20 s and says "a/b" (2.5 m, 3 up)
            No binding fits "the netwrok drops for 20 s and says "a/b" (2.5 m, 3 up)".
            Did you mean
              When the network drops for {duration}  (Steps.Drop(TimeSpan))
            `airhil steps` prints all steps. To write this one in C#, paste:
                [When("the netwrok drops for {duration} and says {string} \\({float} m, {int} up)")]
                public void WhenTheNetwrokDropsForAndSaysMUp(TimeSpan p0, string p1, double p2, int p3, DataTable table)
                {
                    throw new PendingStepException();
                }
            """, StringCompareShould.IgnoreLineEndings);
        result = await TestRun.StepsAsync("When the netwrok drops for 20 s", typeof(Steps));
        result.Message.ShouldContain(
            "Did you mean\n  When the network drops for {duration}  (Steps.Drop(TimeSpan))\n`airhil steps`");
    }

    [Theory]
    [InlineData("When for 20 s the network drops")]
    [InlineData("When the mobile network drops its connections for 20 s")]
    public async Task A_step_that_says_it_in_other_words_or_another_order_is_suggested(string step) =>
        (await TestRun.StepsAsync(step, typeof(Steps))).Message.ShouldContain(
            "Did you mean\n  When the network drops for {duration}  (Steps.Drop(TimeSpan))\n`airhil steps`");

    [Fact]
    public async Task A_step_of_another_keyword_is_named() =>
        (await TestRun.StepsAsync("Then the network drops for 20 s", typeof(Steps))).Message.ShouldContain(
            "It fits, but for another keyword or scope: When the network drops for {duration}  (Steps.Drop(TimeSpan))");

    [Binding]
    private sealed class Steps
    {
        [StepArgumentTransformation(@"(\d+) s", Name = "duration")]
        public static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);

        [When("the network drops for {duration}")]
        public void Drop(TimeSpan duration) => duration.ShouldBeGreaterThan(TimeSpan.Zero);

        [When("^something (else) entirely different from that$")]
        public void Else(string text) => text.ShouldBe("else");
    }
}
