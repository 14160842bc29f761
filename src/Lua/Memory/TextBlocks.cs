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

    /// <summary>Entries of a sweep that has not ended whose block is gone.</summary>
    private int _gone;

    public int Count => _entries.Count - _gone;

    /// <summary>Whether such a text has a block, whether it is in use or not.</summary>
    public bool Has(HeapObject text) => _places.ContainsKey(text);

    public void Add(HeapObject text, int block, int epoch)
    {
        _places.Add(text, _entries.Count);
        _entries.Add(new Entry { Text = text, Block = block, Mark = epoch });
    }

    /// <summary>Marks a text as in use; false: it has no block.</summary>
    /// <param name="text">Its content counts.</param>
    /// <param name="epoch">The collector's epoch.</param>
    /// <param name="last">The epoch in which it was marked last.</param>
    public bool TryMark(HeapObject text, int epoch, out int last)
    {
        last = 0;
        if (!_places.TryGetValue(text, out var place)) return false;
        ref var entry = ref CollectionsMarshal.AsSpan(_entries)[place];
        last = entry.Mark;
        entry.Mark = epoch;
        return true;
    }

    /// <summary>How many of the texts that a sweep began with have not been looked at.</summary>
    public int Unswept { get; private set; }

    public void BeginSweep() => Unswept = _entries.Count;

    /// <summary>Gives back the blocks of texts that the collector did not reach, the latest first.</summary>
    public void Sweep(int count, int epoch, BlockPool pool)
    {
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var end = Math.Max(Unswept - count, 0); Unswept > end;)
        {
            ref var entry = ref entries[--Unswept];
            if (entry.Mark == epoch) continue;
            pool.Give(entry.Block);
            _places.Remove(entry.Text);
            entry.Block = 0;
            _gone++;
        }
    }

    /// <summary>Closes the gaps that a sweep left.</summary>
    public void EndSweep()
    {
        var kept = 0;
        var entries = CollectionsMarshal.AsSpan(_entries);
        for (var i = 0; _gone > 0 && i < entries.Length; i++)
        {
            ref var entry = ref entries[i];
            if (entry.Block == 0) continue;
            if (kept != i)
            {
                entries[kept] = entry;
                _places[entry.Text] = kept;
            }

            kept++;
        }

        if (_gone > 0) _entries.RemoveRange(kept, _entries.Count - kept);
        _gone = 0;
    }

    private struct Entry
    {
        public HeapObject Text;
        public int Block;
        public int Mark;
    }
}
