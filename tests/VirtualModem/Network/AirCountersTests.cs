using AirHil.VirtualModem.Network;

namespace AirHil.VirtualModem.Tests.Network;

public sealed class AirCountersTests
{
    [Fact]
    public void Each_kind_counts_from_one_and_for_itself()
    {
        var counters = new AirCounters();
        int[] numbers =
        [
            counters.NextConnection(), counters.NextConnection(), counters.NextQuery(), counters.NextSocket(),
            counters.NextConnection(), counters.NextSocket(),
        ];
        numbers.ShouldBe([1, 2, 1, 1, 3, 2]);
    }
}
