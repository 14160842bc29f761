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
        heap.TryAllocate(980).ShouldBeTrue(); // the head and the mark take 20
        heap.Free(980);
        heap.Peak.ShouldBeGreaterThan(900);
    }

    /// <summary>heap_6 and tlsf of PLAT/libs/libfreertos.a: rounded to 4, at least 8, less than 1 MB.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(9, 12)]
    [InlineData(1000, 1000)]
    [InlineData((1 << 20) - 4, (1 << 20) - 4)]
    [InlineData(1 << 20, 0)]
    public void A_block_counts_as(int bytes, int used)
    {
        var heap = new SystemHeap(total: 4 << 20, used: 0, peak: 0);
        heap.TryAllocate(bytes).ShouldBe(used > 0);
        heap.Used.ShouldBe(used);
    }

    [Fact]
    public void Giving_back_what_was_never_taken_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() => new SystemHeap(1000, 0, 0).Free(10));
}
