namespace AirHil.Lua.Memory;

/// <summary>
/// The buffer in which a library function builds a text (luaL_Buffer): free up to 256 bytes, then a block that doubles,
/// held by a userdata. It is refused without a collection, and given back when the text is made, or at the next full
/// collection where an error came in between.
/// </summary>
internal sealed class HeapBuffer : HeapObject
{
    /// <summary>LUAL_BUFFERSIZE of V1112 (reference §1.3).</summary>
    public const int FreeBytes = 256;

    /// <summary>The userdata: its header and what it holds.</summary>
    private const int BoxBytes = 24 + 8;

    private int _box;

    /// <summary>Bytes that fit.</summary>
    public long Room { get; private set; } = FreeBytes;

    /// <summary>Makes room for that many bytes; false: the heap has no block for them.</summary>
    public bool TryGrow(LuaHeap heap, long needed)
    {
        var size = Math.Max(Room * 2, needed);
        if (_box == 0)
        {
            _box = heap.Take(BoxBytes);
            heap.Keep(this);
        }

        var block = heap.TryTake(size);
        if (block == 0) return false;
        heap.Give(Block);
        Block = block;
        Room = size;
        return true;
    }

    internal override void GiveBlocks(LuaHeap heap)
    {
        base.GiveBlocks(heap);
        heap.Give(_box);
        _box = 0;
        Room = FreeBytes;
    }

    internal override void TakeBlocks(LuaHeap heap)
    {
        // The collector never reaches a buffer.
    }
}
