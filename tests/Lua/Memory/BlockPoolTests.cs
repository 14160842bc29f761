using AirHil.Lua.Memory;

namespace AirHil.Lua.Tests.Memory;

public sealed class BlockPoolTests
{
    private const int Header = 8;

    /// <summary>
    /// The places of the vendor's allocator (L:lua/src/bget.c built for 32 bits, a pool of 64 KiB) over random
    /// requests: a checksum of the distances from the end, the bytes taken and the bytes free, after so many steps.
    /// </summary>
    [Fact]
    public void Blocks_lie_where_the_vendors_allocator_puts_them()
    {
        var pool = new BlockPool((64 * 1024) - Header);
        var taken = new int[200];
        var (x, sum) = (1u, 0u);
        var seen = new List<(uint Sum, long Used)>();
        for (var i = 0; i < 20_000; i++)
        {
            x = unchecked((x * 1_664_525) + 1_013_904_223);
            var k = (int)((x >> 8) % 200);
            var r = x >> 16;
            if (taken[k] != 0)
            {
                pool.Give(taken[k]);
                taken[k] = 0;
            }
            else
            {
                taken[k] = pool.Take(1 + ((r & 7) == 0 ? r % 3000 : r % 90));
                sum = unchecked((sum * 31) + (uint)taken[k]);
            }

            if (i % 5000 == 4999) seen.Add((sum, pool.Used));
        }

        seen.ShouldBe(
            [(2_745_809_999, 14_600), (727_371_592, 25_680), (1_427_276_464, 23_944), (1_786_650_277, 24_320)]);
    }

    [Fact]
    public void A_block_has_a_header_and_whole_units_and_no_remainder_that_nobody_could_use()
    {
        var pool = new BlockPool(1000);
        pool.Take(1).ShouldBe(2);
        pool.Used.ShouldBe(16);
        pool.Overhead.ShouldBe(15);
        pool.Take(8).ShouldBe(4);
        pool.Take(9).ShouldBe(7);
        pool.Used.ShouldBe(56);
        // 944 bytes are left: a request for 920 and its header leaves 16, which stay with the block.
        pool.Take(920).ShouldBe(125);
        pool.Used.ShouldBe(1000);
        pool.Take(1).ShouldBe(0);
    }

    [Fact]
    public void Free_neighbours_join_and_a_block_that_is_not_taken_is_refused()
    {
        var pool = new BlockPool(800);
        int[] taken = [pool.Take(184), pool.Take(184), pool.Take(184), pool.Take(184)];
        pool.Give(taken[0]);
        pool.Give(taken[2]);
        pool.Take(376).ShouldBe(0);
        pool.Give(taken[1]);
        pool.Take(568).ShouldNotBe(0);
        Should.Throw<InvalidOperationException>(() => pool.Give(taken[1]));
    }
}
