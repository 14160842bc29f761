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
    private int[] _blocks = [];

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
    public void TakeTree(LuaHeap heap)
    {
        if (Block == 0)
        {
            TakeAll(heap, heap.Take);
            heap.Keep(this);
        }

        foreach (var text in Texts()) heap.AddText(text, text.Length);
        for (var i = 0; i < _children.Length; i++) Child(i).TakeTree(heap);
    }

    /// <summary>The short strings that it names things by; a long one is a block of the function.</summary>
    private IEnumerable<LuaString> Texts() => Constants.Select(constant => constant.AsString)
        .Concat(Prototype.Locals.Select(local => local.Name))
        .Concat(Prototype.Upvalues.Select(upvalue => upvalue.Name))
        .Append(Prototype.LineDefined == 0 ? Prototype.Source : null)
        .OfType<LuaString>().Where(text => text.Length <= ShortStringTable.MaxLength);

    internal override void TakeBlocks(LuaHeap heap)
    {
        if (_takes) return;
        TakeAll(heap, heap.TryTake);
        heap.Keep(this);
    }

    internal override void GiveBlocks(LuaHeap heap)
    {
        foreach (var block in _blocks) heap.Give(block);
        _blocks = [];
        Block = 0;
    }

    private void TakeAll(LuaHeap heap, Func<long, int> take)
    {
        var sizes = heap.Sizes.CodeBlocks(Prototype, _inFlash).Where(bytes => bytes > 0).ToArray();
        _blocks = new int[sizes.Length];
        _takes = true;
        try
        {
            for (var i = 0; i < sizes.Length; i++) _blocks[i] = take(sizes[i]);
            Block = _blocks[0];
        }
        finally
        {
            _takes = false;
            if (Block == 0) GiveBlocks(heap);
        }
    }
}
