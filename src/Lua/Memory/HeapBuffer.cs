namespace AirHil.Lua.Memory;

/// <summary>
/// The buffer in which a library function builds a text (luaL_Buffer): free up to 256 bytes, then a block that doubles,
/// held by a userdata. It is refused without a collection, and given back when the text is made, or at the next full
/// collection where an error came in between. The userdata has a finalizer, so that it goes a cycle of the collector
/// later than other garbage.
/// </summary>
internal sealed class HeapBuffer : HeapObject
{
    /// <summary>LUAL_BUFFERSIZE of V1112 (reference §1.3).</summary>
    public const int FreeBytes = 256;

    /// <summary>The userdata: its header and what it holds.</summary>
    public const int BoxBytes = 24 + 8;

    private int _box;

    /// <summary>Bytes that fit.</summary>
    public long Room { get; private set; } = FreeBytes;

    /// <summary>Whether the text is made, so that nothing uses the userdata.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>Takes the userdata; false: it is there.</summary>
    public bool Begin(LuaHeap heap)
    {
        if (_box != 0) return false;
        _box = heap.Take(BoxBytes);
        heap.TakeBufferMetatable();
        return true;
    }

    /// <summary>Makes room for that many bytes; false: the heap has no block for them.</summary>
    public bool TryGrow(LuaHeap heap, long needed)
    {
        var size = Math.Max(Room * 2, needed);
        var block = heap.TryTake(size);
        if (block == 0) return false;
        heap.Give(Block);
        Block = block;
        Room = size;
        return true;
    }

    /// <summary>The text is made: the room is free.</summary>
    public void Finish(LuaHeap heap)
    {
        GiveRoom(heap);
        IsFinished = true;
    }

    /// <summary>The finalizer runs: the userdata is garbage as any other now.</summary>
    public void RunFinalizer(LuaHeap heap)
    {
        GiveRoom(heap);
        Mark = 0;
        heap.Keep(this);
    }

    internal override void GiveBlocks(LuaHeap heap)
    {
        GiveRoom(heap);
        heap.Give(_box);
        _box = 0;
    }

    internal override void TakeBlocks(LuaHeap heap)
    {
        // The collector never reaches a buffer.
    }

    private void GiveRoom(LuaHeap heap)
    {
        base.GiveBlocks(heap);
        Room = FreeBytes;
    }
}
