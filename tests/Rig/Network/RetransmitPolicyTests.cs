using AirHil.Rig.Network;

namespace AirHil.Rig.Tests.Network;

public sealed class RetransmitPolicyTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(6, 64)]
    [InlineData(7, 128)]
    [InlineData(60, 128)]
    public void Waits_double_up_to_the_longest(int attempt, int seconds) =>
        RetransmitPolicy.Module.Wait(attempt).ShouldBe(TimeSpan.FromSeconds(seconds));
}
