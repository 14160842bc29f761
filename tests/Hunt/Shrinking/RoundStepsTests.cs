using AirHil.Hunt.Shrinking;

namespace AirHil.Hunt.Tests.Shrinking;

public sealed class RoundStepsTests
{
    [Fact]
    public void Shorter_durations_are_round_and_the_shortest_is_first() =>
        RoundSteps.Shorter(TimeSpan.FromMilliseconds(118)).Select(t => t.TotalMilliseconds).ShouldBe(
            [10, 20, 50, 100, 110]);

    [Fact]
    public void Near_times_are_round_and_the_roundest_is_first() =>
        RoundSteps.Near(TimeSpan.FromSeconds(42)).Select(t => t.TotalSeconds).ShouldBe([0, 60, 30, 60, 40, 50, 40, 45]);
}
