using System.Runtime.InteropServices;

namespace AirHil.Lua.Memory;

/// <summary>
/// The blocks of short strings by content: PUC-Rio keeps one copy of each (lstring.c). Our strings are not shared, and
/// constants of shared functions belong to no engine, so the blocks are kept apart from them.
/// </summary>
internal sealed class TextBlocks
{
    private readonly Dictionary<HeapObject, int> _places = [];
    private readonly List<Entry> _entries = [];

    public int Count => _entries.Count;

    /// <summary>Whether such a text has a block, whether it is in use or not.</summary>
    public bool Has(HeapObject text) => _places.ContainsKey(text);

    public void Add(HeapObject text, int block, int epoch)
    {
        _places.Add(text, _entries.Count);
        _entries.Add(new Entry { Text = text, Block = block, Mark = epoch });
    }

    /// <summary>Marks a text as in use; false: it has no block.</summary>
    public bool TryMark(HeapObject text, int epoch)
    {
        if (!_places.TryGetValue(text, out var place)) return false;
        CollectionsMarshal.AsSpan(_entries)[place].Mark = epoch;
        return true;
    }

    /// <summary>Gives back the blocks of texts that the collector did not reach.</summary>
    public void Sweep(int epoch, BlockPool pool)
    {
        var kept = 0;
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; i < entries.Length; i++)
        {
            ref var entry = ref entries[i];
            if (entry.Mark != epoch)
            {
                pool.Give(entry.Block);
                _places.Remove(entry.Text);
                continue;
            }

            if (kept != i)
            {
                entries[kept] = entry;
                _places[entry.Text] = kept;
            }

            kept++;
        }

        _entries.RemoveRange(kept, _entries.Count - kept);
    }

    private struct Entry
    {
        public HeapObject Text;
        public int Block;
        public int Mark;
    }
}
