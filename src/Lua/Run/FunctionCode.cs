using AirHil.Lua.Compile;
using AirHil.Lua.Coverage;
using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// One engine's view of a prototype, which engines share: the last closure made of it (PUC-Rio 5.3 reuses one with the
/// same upvalues, which scripts can see by comparing functions) and the collector's mark.
/// </summary>
internal sealed class FunctionCode : HeapObject
{
    public readonly uint[] Code;
    public readonly LuaValue[] Constants;
    public readonly Prototype Prototype;
    public LuaClosure? Cache;

    /// <summary>Where coverage counts: a counter an instruction and one for the calls; null: it is off.</summary>
    public readonly long[]? Counts;

    private readonly LineCoverage? _coverage;

    private readonly FunctionCode?[] _children;
    private readonly bool _inFlash;
    private readonly List<int> _blocks = [];

    /// <summary>A collection in the middle of taking blocks finds it without one.</summary>
    private bool _takes;

    /// <param name="inFlash">
    /// Instructions and lines are read where they lie in the download (L:lua/src/lundump.c, luat_fs_mmap).
    /// </param>
    public FunctionCode(Prototype prototype, LineCoverage? coverage, bool inFlash)
    {
        _coverage = coverage;
        _inFlash = inFlash;
        _children = prototype.Children.Length == 0 ? [] : new FunctionCode?[prototype.Children.Length];
        Counts = coverage?.CountsOf(prototype);
        Prototype = prototype;
        Code = prototype.Code;
        Constants = prototype.Constants;
        foreach (ref readonly var constant in Constants.AsSpan()) _ = constant.AsString?.Hash;
    }

    /// <summary>The functions defined in this one; all are there from the start where the heap has blocks.</summary>
    public ReadOnlySpan<FunctionCode?> Children => _children;

    public FunctionCode Child(int index)
    {
        if (_children[index] is { } child) return child;
        return _children[index] = new FunctionCode(Prototype.Children[index], _coverage, _inFlash);
    }

    /// <summary>Takes the blocks of this function and of all functions in it.</summary>
    /// <exception cref="LuaException">"not enough memory".</exception>
    public void TakeTree(LuaHeap heap) => TakeOwn(heap, heap.Take, loads: true);

    internal override void TakeBlocks(LuaHeap heap)
    {
        if (!_takes) TakeOwn(heap, heap.TryTake, loads: false);
    }

    internal override void GiveBlocks(LuaHeap heap)
    {
        foreach (var block in _blocks) heap.Give(block);
        _blocks.Clear();
        Block = 0;
    }

    /// <summary>In the order of the module's loader (L:lua/src/lundump.c).</summary>
    /// <param name="loads">With the strings that it names things by, and the functions in it.</param>
    private void TakeOwn(LuaHeap heap, Func<long, int> take, bool loads)
    {
        _takes = true;
        try
        {
            Block = take(heap.Sizes.Prototype);
            if (Block == 0) return;
            _blocks.Add(Block);
            heap.Keep(this);
            if (loads && Prototype.LineDefined == 0) AddName(heap, Prototype.Source);
            if (!_inFlash) Add(Code.Length * 4L);
            Add(Constants.Length * (long)heap.Sizes.Value);
            foreach (var constant in Constants)
            {
                if (constant.AsString is not { } text) continue;
                if (text.Length > ShortStringTable.MaxLength) Add(heap.Sizes.Text(text.Length));
                else if (loads) AddName(heap, text);
            }

            Add(Prototype.Upvalues.Length * (heap.Sizes.Pointer * 2L));
            Add(_children.Length * (long)heap.Sizes.Pointer);
            for (var i = 0; loads && i < _children.Length; i++) Child(i).TakeTree(heap);
            if (!_inFlash) Add(Prototype.Lines.Length * 4L);
            Add(Prototype.Locals.Length * (long)heap.Sizes.Local);
            if (!loads) return;
            foreach (var local in Prototype.Locals) AddName(heap, local.Name);
            foreach (var upvalue in Prototype.Upvalues) AddName(heap, upvalue.Name);
        }
        finally
        {
            _takes = false;
        }

        void Add(long bytes)
        {
            if (bytes > 0) _blocks.Add(take(bytes));
        }
    }

    /// <summary>The name of a file or of a variable; a long one is taken as it is needed.</summary>
    private static void AddName(LuaHeap heap, LuaString? text)
    {
        if (text is { Length: <= ShortStringTable.MaxLength }) heap.AddText(text, text.Length);
    }
}
