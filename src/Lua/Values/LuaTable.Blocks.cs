using AirHil.Lua.Memory;

namespace AirHil.Lua.Values;

/// <summary>What a table takes of the heap.</summary>
public sealed partial class LuaTable
{
    private int _arrayBlock;
    private int _nodeBlock;

    private void Recharge(LuaHeap heap, int arraySize, int nodeCount)
    {
        var bytes = ((arraySize - Array.Length) * (long)heap.Sizes.Value)
            + ((nodeCount - HashSize) * (long)heap.Sizes.Node);
        if (bytes > 0) heap.Charge(bytes);
        else heap.Release(-bytes);
    }

    /// <summary>
    /// In the order of luaH_resize: a larger array, the nodes, a smaller array; the old nodes go last.
    /// </summary>
    private void ResizeBlocks(LuaHeap heap, int arraySize, int nodeCount)
    {
        if (arraySize > Array.Length) heap.Renew(ref _arrayBlock, arraySize * (long)heap.Sizes.Value);
        var oldNodes = _nodeBlock;
        _nodeBlock = 0;
        try
        {
            heap.Renew(ref _nodeBlock, nodeCount * (long)heap.Sizes.Node);
        }
        catch (LuaException)
        {
            _nodeBlock = oldNodes;
            throw;
        }

        if (arraySize < Array.Length)
        {
            heap.Renew(ref _arrayBlock, arraySize * (long)heap.Sizes.Value, shrinks: true);
        }

        heap.Give(oldNodes);
    }

    internal override long SizeIn(HeapSizes sizes) => sizes.Table;

    internal override void TakeBlocks(LuaHeap heap)
    {
        base.TakeBlocks(heap);
        heap.Give(_arrayBlock);
        heap.Give(_nodeBlock);
        _arrayBlock = heap.TryTake(Array.Length * (long)heap.Sizes.Value);
        _nodeBlock = heap.TryTake(HashSize * (long)heap.Sizes.Node);
    }

    internal override void GiveBlocks(LuaHeap heap)
    {
        heap.Give(_nodeBlock);
        heap.Give(_arrayBlock);
        (_arrayBlock, _nodeBlock) = (0, 0);
        base.GiveBlocks(heap);
    }
}
