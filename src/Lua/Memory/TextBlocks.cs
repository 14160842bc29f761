namespace AirHil.Lua.Memory;

/// <summary>
/// The blocks of short strings by content: PUC-Rio keeps one copy of each (lstring.c). Our strings are not shared, and
/// constants of shared functions belong to no engine, so the blocks are kept apart from them.
/// </summary>
internal sealed class TextBlocks
{
    private readonly Dictionary<HeapObject, Entry> _entries = [];
    private int _base;

    /// <summary>The mark of a text that is always there.</summary>
    private const int Always = int.MaxValue;

    /// <summary>Texts that have a block, without those that are always there.</summary>
    public int Count => _entries.Count - _base;

    /// <summary>Whether such a text has a block, whether it is in use or not.</summary>
    public bool Has(HeapObject text) => _entries.ContainsKey(text);

    /// <summary>A text that is always there, and whose block is not counted here.</summary>
    public void AddBase(HeapObject text)
    {
        if (_entries.TryAdd(text, new Entry(this, text) { Mark = Always })) _base++;
    }

    /// <summary>What stands for a text among the heap's objects.</summary>
    public HeapObject Add(HeapObject text, int block, int epoch)
    {
        var entry = new Entry(this, text) { Block = block, Mark = epoch };
        _entries.Add(text, entry);
        return entry;
    }

    /// <summary>Marks a text as in use; false: it has no block.</summary>
    /// <param name="text">Its content counts.</param>
    /// <param name="epoch">The collector's epoch.</param>
    /// <param name="last">The epoch in which it was marked last.</param>
    public bool TryMark(HeapObject text, int epoch, out int last)
    {
        last = 0;
        if (!_entries.TryGetValue(text, out var entry)) return false;
        last = entry.Mark == Always ? epoch : entry.Mark;
        if (entry.Mark != Always) entry.Mark = epoch;
        return true;
    }

    private sealed class Entry(TextBlocks all, HeapObject text) : HeapObject
    {
        internal override void GiveBlocks(LuaHeap heap)
        {
            base.GiveBlocks(heap);
            all._entries.Remove(text);
        }

        internal override void TakeBlocks(LuaHeap heap)
        {
            // It has its block from the start.
        }
    }
}
