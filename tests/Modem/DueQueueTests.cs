using CsCheck;

namespace AirHil.Modem.Tests;

public sealed class DueQueueTests
{
    [Fact]
    public void Things_come_by_time_and_then_as_they_were_put_in() => Gen.Int[0, 9].Array[0, 60].Sample(times =>
    {
        var queue = new DueQueue<int>();
        for (var i = 0; i < times.Length; i++) queue.Add(TimeSpan.FromTicks(times[i]), i);
        var taken = new List<int>();
        for (var now = 0; now < 10; now++)
        {
            while (queue.TryTakeDue(TimeSpan.FromTicks(now), out var item))
            {
                times[item].ShouldBe(now);
                taken.Add(item);
            }
        }

        taken.ShouldBe(Enumerable.Range(0, times.Length).OrderBy(i => times[i]));
        queue.Next.ShouldBeNull();
    });
}
