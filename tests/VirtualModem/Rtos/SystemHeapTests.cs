using AirHil.VirtualModem.Rtos;

namespace AirHil.VirtualModem.Tests.Rtos;

public sealed class SystemHeapTests
{
    [Fact]
    public void Blocks_are_counted_with_their_peak_until_the_heap_is_full()
    {
        var heap = new SystemHeap(total: 1000, used: 0, peak: 0);
        heap.TryAllocate(500).ShouldBeTrue();
        heap.TryAllocate(500).ShouldBeFalse();
        heap.TryAllocate(400).ShouldBeTrue();
        heap.Free(500);
        heap.Free(400);
        heap.Used.ShouldBe(0);
        heap.Peak.ShouldBeGreaterThan(900);
    }

    [Fact]
    public void Giving_back_what_was_never_taken_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() => new SystemHeap(1000, 0, 0).Free(10));
}
