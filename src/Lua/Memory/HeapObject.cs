namespace AirHil.Lua.Memory;

/// <summary>What takes blocks of an engine's heap for as long as the collector finds it in use.</summary>
public abstract class HeapObject
{
    /// <summary>The epoch in which the collector last reached this object; owned by <c>Memory</c>.</summary>
    internal int Mark;

    /// <summary>Its first block in the heap's <see cref="BlockPool"/>; 0: none.</summary>
    internal int Block;

    /// <summary>
    /// What stands for the object's address, as a hash and in texts; 0 until it is first needed
    /// (<see cref="LuaHeap.AddressOf"/>), so that it depends on the program alone.
    /// </summary>
    internal uint Address;

    /// <summary>True: <see cref="Address"/> is the object's value, so that the heap gives it none.</summary>
    internal virtual bool HasFixedAddress => false;

    /// <summary>False: it goes with the last object that uses it, and the sweep does not count it.</summary>
    internal virtual bool IsSweptAlone => true;

    /// <summary>Gives its blocks back.</summary>
    internal virtual void GiveBlocks(LuaHeap heap)
    {
        heap.Give(Block);
        Block = 0;
    }

    /// <summary>
    /// Takes the blocks of an object that is in use but has none: the host alone knew it when the collector counted.
    /// </summary>
    internal abstract void TakeBlocks(LuaHeap heap);
}
