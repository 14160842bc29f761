namespace AirHil.Lua.Memory;

/// <summary>The module's heap of blocks.</summary>
internal sealed partial class LuaHeap
{
    /// <summary>
    /// Objects of the libraries that each sweep looks at, though none of them ever goes (V1112's libraries as a 32-bit
    /// program).
    /// </summary>
    private const int BaseObjects = 126;

    /// <summary>What the allocator takes of the libraries' blocks for itself (the same program).</summary>
    private const int BaseOverheadPerMille = 189;

    private readonly BlockPool? _pool = hasBlocks ? new BlockPool(limit ?? CapBytes) : null;

    /// <summary>Everything that has blocks, in the order in which it got them.</summary>
    private readonly List<HeapObject?> _objects = [];

    private readonly TextBlocks _texts = new();
    private bool _hasBufferMetatable;
    private int _freshFrom = int.MaxValue;
    private bool _asksInNative;
    private int _baseObjects;
    private int _textTable;
    private int _textCapacity = ShortStringTable.InitialCapacity;

    /// <summary>Whether objects have blocks; else bytes are counted.</summary>
    public bool HasBlocks => _pool is not null;

    /// <summary>What has blocks, dead objects included; 0 where bytes are only counted.</summary>
    public int Objects => _objects.Count;

    /// <summary>
    /// Takes what the C side of the Lua state holds, up to so many bytes in use, for good but for its table of short
    /// strings. It is in many small blocks, so it lies in every gap.
    /// </summary>
    public void TakeBase(long bytes)
    {
        if (_pool is null)
        {
            Base = Math.Max(bytes - Used, 0);
            Charge(Base);
            return;
        }

        _baseObjects = Math.Max(BaseObjects - _objects.Count, 0);
        _textTable = Take(TextTableBytes);
        _pool.Fill(bytes, BaseOverheadPerMille);
        NoteUse();
    }

    /// <summary>Takes the block of a new object, or counts its bytes.</summary>
    /// <exception cref="Exception">The heap is full.</exception>
    public void Add(HeapObject obj, long bytes)
    {
        if (_pool is null)
        {
            Charge(bytes);
            return;
        }

        obj.Block = Take(bytes);
        _objects.Add(obj);
    }

    /// <summary>As for any object, but there is one block for all short strings that are equal.</summary>
    public void AddText(HeapObject text, int length)
    {
        if (_pool is null || length > ShortStringTable.MaxLength)
        {
            Add(text, Sizes.Text(length));
            return;
        }

        // One that is no longer in use, and not given back yet, comes back to life.
        if (_sweepEpoch != 0 ? _texts.TryMark(text, _sweepEpoch, out _) : _texts.Has(text))
        {
            _asksInNative = true;
            return;
        }

        if (TextsInTable >= _textCapacity) ResizeTexts(_textCapacity * 2);
        var block = Take(Sizes.Text(length));
        _objects.Add(_texts.Add(text, block, 0));
    }

    /// <summary>There is a text among what the C side holds.</summary>
    public void AddBaseText(HeapObject text) => _texts.AddBase(text);

    public int BufferMetatableBytes => _hasBufferMetatable ? Sizes.Table + (2 * Sizes.Node) : 0;

    /// <summary>The first buffer makes the metatable of all: its name, its table and two fields.</summary>
    public void TakeBufferMetatable()
    {
        if (_hasBufferMetatable) return;
        _hasBufferMetatable = true;
        Take(Sizes.Text("LUABOX".Length));
        Take(Sizes.Table);
        Take(2 * Sizes.Node);
    }

    /// <summary>
    /// A native function begins. What it makes is in use until it ends, though only the host knows of it: the module's
    /// C keeps it on Lua's stack.
    /// </summary>
    public void BeginNative() => (_freshFrom, _asksInNative) = (_objects.Count, false);

    public void EndNative() => _freshFrom = int.MaxValue;

    /// <summary>
    /// Whether the native function that is running has made something, or a text that was there, and a step is due.
    /// </summary>
    public bool IsDueInNative => Due && (_asksInNative || _objects.Count > _freshFrom);

    /// <summary>What the native function that is running has made.</summary>
    public IEnumerable<HeapObject> Fresh => _objects.Skip(_freshFrom).OfType<HeapObject>();

    /// <summary>Counts an object that has taken blocks by itself.</summary>
    public void Keep(HeapObject obj) => _objects.Add(obj);

    /// <summary>Takes a block, after a full collection where there is none.</summary>
    /// <exception cref="Exception">The heap is full.</exception>
    public int Take(long bytes)
    {
        var block = _pool!.Take(bytes);
        if (block == 0)
        {
            Recount?.Invoke();
            block = _pool.Take(bytes);
            if (block == 0) throw Failed(bytes);
        }

        NoteUse();
        return block;
    }

    /// <summary>Takes a block if there is one; 0 where there is none or nothing is wanted.</summary>
    public int TryTake(long bytes)
    {
        if (bytes <= 0) return 0;
        var block = _pool!.Take(bytes);
        NoteUse();
        return block;
    }

    public void Give(int block)
    {
        if (block <= 0) return;
        _pool!.Give(block);
        Used = _pool.Used;
        if (Due) Due = Asked > _threshold; // what a new block took, the old one may give back
    }

    /// <summary>
    /// Takes a new block and gives the old one back when the new one is there: so every reallocation goes (bgetr). A
    /// block that is to be smaller stays where there is no other place.
    /// </summary>
    public void Renew(ref int block, long bytes, bool shrinks = false)
    {
        var taken = bytes <= 0 ? 0 : shrinks ? TryTake(bytes) : Take(bytes);
        if (taken == 0 && bytes > 0) return;
        // Only now: a collection may have given it back, where nothing but the host knows its owner.
        var old = block;
        block = taken;
        Give(old);
    }

    /// <summary>Takes the block of an object that a collection did not see in use, but the next one does.</summary>
    public void TakeAgain(HeapObject obj, long bytes)
    {
        obj.Block = TryTake(bytes);
        if (obj.Block != 0) _objects.Add(obj);
    }

    /// <summary>Marks a short string as in use; false: it has no block yet.</summary>
    /// <param name="text">Its content counts.</param>
    /// <param name="epoch">The collector's epoch.</param>
    /// <param name="last">The epoch in which it was marked last.</param>
    public bool TryMarkText(HeapObject text, int epoch, out int last) => _texts.TryMark(text, epoch, out last);

    public void TakeTextAgain(HeapObject text, int length, int epoch)
    {
        if (_texts.Has(text) || TryTake(Sizes.Text(length)) is not (> 0 and var block)) return;
        _objects.Add(_texts.Add(text, block, epoch));
    }

    private int _sweepEpoch;
    private int _oldest;
    private int _sweepNext;
    private int _baseNext;

    /// <summary>What is there now and was not reached in an epoch is to be given back, the latest first.</summary>
    /// <param name="epoch">The collector's epoch.</param>
    /// <param name="oldest">What was reached in this epoch or later stays.</param>
    public void BeginSweep(int epoch, int oldest) =>
        (_sweepEpoch, _oldest, _sweepNext, _baseNext) = (epoch, oldest, _objects.Count, _baseObjects);

    /// <summary>Whether there are objects that the sweep has not looked at.</summary>
    public bool IsSweeping => _sweepEpoch != 0;

    /// <summary>Looks at so many objects; false: there are no more.</summary>
    public bool Sweep(int objects)
    {
        _baseNext -= SweepObjects(objects);
        if (_sweepNext > 0 || _baseNext > 0)
        {
            Used = _pool!.Used;
            return true;
        }

        SweepAll();
        return false;
    }

    /// <summary>Looks at all that is left.</summary>
    public void SweepAll()
    {
        SweepObjects(int.MaxValue);
        if (_freshFrom != int.MaxValue) _freshFrom -= _objects.Take(_freshFrom).Count(static obj => obj is null);
        _objects.RemoveAll(static obj => obj is null);
        _sweepEpoch = 0;
        Used = _pool!.Used;
    }

    /// <summary>Looks at so many objects, or at all that there are; how many there were too few.</summary>
    private int SweepObjects(int count)
    {
        while (count > 0 && _sweepNext > 0)
        {
            var obj = _objects[--_sweepNext]!;
            if (obj.IsSweptAlone) count--;
            if (obj.Mark >= _oldest) continue;
            obj.GiveBlocks(this);
            _objects[_sweepNext] = null;
        }

        return count;
    }

    /// <summary>The end of a whole cycle: the table of short strings may shrink, and the next cycle is set.</summary>
    public void Settle(bool isFull)
    {
        if (isFull) FitTextTable();
        SetUsed(_pool!.Used);
    }

    /// <summary>The table of short strings shrinks by half where it is a quarter full.</summary>
    public void FitTextTable()
    {
        if (TextsInTable < _textCapacity / 4) ResizeTexts(_textCapacity / 2);
    }

    private int TextsInTable => ShortStringTable.Holds(_texts.Count) + (_hasBufferMetatable ? 1 : 0);

    /// <summary>What the table of short strings takes, which is the first work of a cycle.</summary>
    public long TextTableBytes => _textCapacity * (long)Sizes.Pointer;

    private void ResizeTexts(int capacity)
    {
        var shrinks = capacity < _textCapacity;
        Renew(ref _textTable, capacity * (long)Sizes.Pointer, shrinks);
        _textCapacity = capacity;
    }

    private void NoteUse()
    {
        Used = _pool!.Used;
        if (Used > Peak) Peak = Used;
        if (Asked > _threshold) Due = !Stopped;
    }
}
