namespace AirHil.Lua.Memory;

/// <summary>
/// Where the module's allocator puts its blocks (L:lua/src/bget.c): a header of 8 bytes, sizes in units of 8 bytes, the
/// smallest free block that is large enough, cut from its end; a block that grows is a new block, filled while the old
/// one is still there. So memory falls into pieces here as it does on a module. It holds no data.
/// </summary>
internal sealed class BlockPool
{
    private const int UnitBytes = 8;
    private const int HeaderUnits = 1;

    /// <summary>A remainder up to this size stays a part of the block.</summary>
    private const int SmallestRemainder = 2;

    private readonly int _total;
    private readonly Block[]?[] _pages;

    /// <param name="bytes">What the allocator can give out, headers included; V1112: 262,136.</param>
    public BlockPool(long bytes)
    {
        _total = (int)Math.Min(bytes / UnitBytes, int.MaxValue / 2);
        _pages = new Block[]?[((_total + EndSlot) >> PageBits) + 1];
        Slot(End).Size = -HeaderUnits;
        Slot(_total).Size = _total;
        Slot(End).FreeBefore = _total;
        Append(_total);
    }

    /// <summary>Bytes in blocks, headers included.</summary>
    public long Used { get; private set; }

    /// <summary>Bytes in blocks that nobody asked for: headers and rounding.</summary>
    public long Overhead { get; private set; }

    /// <summary>Steps through the list of free blocks so far: what an allocation costs.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Takes a block; its number, the distance of its start from the end of the pool, or 0 where no free block is large
    /// enough.
    /// </summary>
    public int Take(long bytes)
    {
        if (bytes > (long)_total * UnitBytes) return 0;
        var size = (int)((Math.Max(bytes, UnitBytes) + UnitBytes - 1) / UnitBytes) + HeaderUnits;
        var best = Find(size);
        if (best == 0) return 0;
        ref var block = ref Slot(best);
        if (block.Size - size > SmallestRemainder)
        {
            block.Size -= size;
            var left = block.Size;
            var taken = best - left;
            Slot(taken) = new Block { Size = -size, FreeBefore = left };
            Slot(taken - size).FreeBefore = 0;
            Note(taken, size, bytes);
            return taken;
        }

        size = block.Size;
        Unlink(best);
        Slot(best).Size = -size;
        Slot(best - size).FreeBefore = 0;
        Note(best, size, bytes);
        return best;
    }

    /// <summary>Takes blocks, the gaps between others first, until that many bytes are in use.</summary>
    /// <param name="bytes">Headers included.</param>
    /// <param name="overheadPerMille">What of them nobody asked for: it is in more blocks than are made here.</param>
    public void Fill(long bytes, int overheadPerMille)
    {
        while (Used < bytes)
        {
            var units = (int)Math.Min((bytes - Used) / UnitBytes, Slot(Find(HeaderUnits + 1)).Size) - HeaderUnits;
            if (units <= 0) return;
            Take(units * UnitBytes);
        }

        Overhead = Used * overheadPerMille / 1000;
    }

    /// <summary>Gives a block back; it joins the free ones on both sides.</summary>
    public void Give(int taken)
    {
        ref var block = ref Slot(taken);
        var size = -block.Size;
        if (size <= 0) throw new InvalidOperationException($"Block {taken} is not taken.");
        Used -= (long)size * UnitBytes;
        Overhead -= block.Next;
        var start = taken;
        if (block.FreeBefore != 0)
        {
            start += block.FreeBefore;
            block.Size = 0;
            Slot(start).Size += size;
        }
        else
        {
            block.Size = size;
            Append(start);
        }

        var after = start - Slot(start).Size;
        if (Slot(after).Size > 0)
        {
            Unlink(after);
            Slot(start).Size += Slot(after).Size;
            Slot(after).Size = 0;
            after = start - Slot(start).Size;
        }

        Slot(after).FreeBefore = Slot(start).Size;
    }

    /// <summary>The smallest free block of that size or more, the first in the list among equals; 0: none.</summary>
    private int Find(int size)
    {
        var best = 0;
        var bestSize = int.MaxValue;
        for (var at = Slot(End).Next; at != 0;)
        {
            Steps++;
            ref var block = ref Slot(at);
            var found = block.Size;
            if (found >= size && found < bestSize)
            {
                (best, bestSize) = (at, found);
                if (found == size) break;
            }

            at = block.Next;
        }

        return best;
    }

    private void Note(int taken, int size, long bytes)
    {
        Used += (long)size * UnitBytes;
        var extra = (int)((size * UnitBytes) - bytes);
        Slot(taken).Next = extra;
        Overhead += extra;
    }

    // ---- the list of free blocks: its head is the pool's end ----

    private const int End = 0;
    private const int LowestSlot = 0;
    private const int EndSlot = 1;

    /// <summary>Pages are so small that the host's collector moves them with other young objects.</summary>
    private const int PageBits = 10;
    private const int PageBlocks = 1 << PageBits;

    private void Append(int start)
    {
        var last = Slot(End).Previous;
        Slot(start).Next = End;
        Slot(start).Previous = last;
        Slot(last).Next = start;
        Slot(End).Previous = start;
    }

    private void Unlink(int start)
    {
        var (previous, next) = (Slot(start).Previous, Slot(start).Next);
        Slot(previous).Next = next;
        Slot(next).Previous = previous;
    }

    /// <summary>
    /// Blocks are numbered from the end, where they are taken first, so that a small heap needs few pages; the lowest
    /// one, which is there from the start, has a place of its own.
    /// </summary>
    private ref Block Slot(int start)
    {
        var index = start == _total ? LowestSlot : start + EndSlot;
        var page = _pages[index >> PageBits] ?? NewPage(index >> PageBits);
        return ref page[index & (PageBlocks - 1)];
    }

    private Block[] NewPage(int number) => _pages[number] = new Block[PageBlocks];

    private struct Block
    {
        /// <summary>Units, header included; positive: free, negative: taken, 0: no block starts here.</summary>
        public int Size;

        /// <summary>Units of the free block that ends where this one starts.</summary>
        public int FreeBefore;

        /// <summary>The free block behind it in the list; of a taken one the bytes that were not asked for.</summary>
        public int Next;

        public int Previous;
    }
}
