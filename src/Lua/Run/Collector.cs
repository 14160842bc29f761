using AirHil.Lua.Compile;
using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// Finds what a script can still reach, and sums its size or gives back the blocks of the rest. It frees no object (the
/// host does that); it clears weak tables and finds the objects whose <c>__gc</c> is due.
/// </summary>
internal sealed partial class Collector(LuaMachine machine)
{
    private readonly Stack<HeapObject> _gray = new();
    private readonly List<LuaTable> _weakValues = [];
    private readonly List<LuaTable> _ephemerons = [];
    private readonly List<LuaTable> _allWeak = [];
    private readonly List<LuaThread> _threads = [];
    private readonly List<HeapObject> _orphans = [];
    private readonly List<LuaString> _orphanTexts = [];

    /// <summary>Coroutines with open upvalues, reachable or not.</summary>
    private readonly List<LuaThread> _listed = [];

    private readonly ShortStringTable _shortStrings = new();
    private LuaClosure? _loading;
    private int _epoch;

    /// <summary>What was reached in this epoch or later counts as in use.</summary>
    private int _oldest;

    /// <summary>Bytes of what was reached.</summary>
    private long _sum;

    private HeapSizes Sizes => machine.Heap.Sizes;

    /// <summary>Takes the blocks of a chunk, which is in use with its closure from its first block on.</summary>
    public void TakeTree(LuaClosure closure)
    {
        _loading = closure;
        try
        {
            closure.Code.TakeTree(machine.Heap);
        }
        finally
        {
            _loading = null;
        }
    }

    /// <summary>Notes a coroutine that has opened an upvalue.</summary>
    public void List(LuaThread thread)
    {
        thread.IsListed = true;
        _listed.Add(thread);
    }

    /// <summary>A full cycle.</summary>
    public void Collect()
    {
        Abandon(fits: true);
        (_followsEmergency, _allowed) = (false, 0);
        MarkAll();
        FitStacks();
        Finish();
        FinalizeAllBuffers();
    }

    /// <summary>Counts again in the middle of an allocation: changes nothing that a script could see.</summary>
    public void Recount()
    {
        Abandon(fits: false);
        _followsEmergency = true;
        MarkEverythingKept();
        SeparateFinalizable(onlyBuffers: true);
        _few = 1;
        Finish();
    }

    /// <summary>Marks what is reachable, clears weak tables and finds what is to be finalized.</summary>
    /// <param name="keepsAhead">What was found in use since the cycle began stays for this one.</param>
    private void MarkAll(bool keepsAhead = false)
    {
        MarkRoots(clearsStacks: true, keepsAhead);
        Propagate();
        MarkOpenUpvalues();
        Converge();
        ClearValues(_weakValues);
        ClearValues(_allWeak);
        SeparateFinalizable(onlyBuffers: false);
        MarkDue();
        Converge();
        ClearKeys(_ephemerons);
        ClearKeys(_allWeak);
        ClearValues(_weakValues);
        ClearValues(_allWeak);
        ForgetWeak();
        _few = 1;
    }

    /// <summary>Marks what is reachable, with all that has a finalizer, and nothing else.</summary>
    private void MarkEverythingKept()
    {
        MarkRoots(clearsStacks: false);
        Propagate();
        MarkOpenUpvalues();
        foreach (var obj in _finalizable.OfType<LuaObject>()) Mark(obj);
        Converge();
        ForgetWeak();
    }

    private void ForgetWeak()
    {
        _weakValues.Clear();
        _ephemerons.Clear();
        _allWeak.Clear();
    }

    private void MarkRoots(bool clearsStacks, bool keepsAhead = false)
    {
        _epoch++;
        if (!keepsAhead) _oldest = _epoch;
        _shortStrings.Clear();
        (_sum, _clearsStacks) = (machine.Heap.Base, clearsStacks);
        _gray.Clear();
        ForgetWeak();
        ForgetFound();
        Mark(machine.Main);
        Mark(machine.Current);
        Mark(machine.Globals);
        Mark(machine.Registry);
        foreach (var metatable in machine.TypeMetatables)
        {
            if (metatable is not null) Mark(metatable);
        }

        if (_loading is not null) Mark(_loading);
        foreach (var value in machine.References) Mark(value);
        MarkDue();
    }

    private bool _clearsStacks;

    /// <summary>
    /// What lies in the open upvalues of an unreachable coroutine lives for one more cycle, since a closure may have
    /// written to it in this one (lgc.c, remarkupvals).
    /// </summary>
    private void MarkOpenUpvalues()
    {
        var kept = 0;
        for (var i = 0; i < _listed.Count; i++)
        {
            var thread = _listed[i];
            if (thread.Mark >= _oldest && thread.OpenUpvalues is not null)
            {
                _listed[kept++] = thread;
                continue;
            }

            thread.IsListed = false;
            for (var upvalue = thread.OpenUpvalues; upvalue is not null; upvalue = upvalue.Next)
            {
                if (!upvalue.OutlivesThread) continue;
                upvalue.OutlivesThread = false;
                Mark(upvalue.Slot);
            }
        }

        _listed.RemoveRange(kept, _listed.Count - kept);
    }

    private void Finish()
    {
        if (machine.Heap.HasBlocks)
        {
            BeginSweep();
            machine.Heap.SweepAll();
            machine.Heap.Settle(_clearsStacks);
        }
        else
        {
            _shortStrings.Fit(_clearsStacks);
            machine.Heap.SetUsed(_sum + Sizes.ShortStrings(_shortStrings.Capacity));
        }
    }

    /// <summary>Gives blocks to what was found in use without one; the rest is to be swept.</summary>
    private void BeginSweep()
    {
        var heap = machine.Heap;
        heap.BeginSweep(_epoch, _oldest);
        foreach (var obj in _orphans) obj.TakeBlocks(heap);
        foreach (var text in _orphanTexts) heap.TakeTextAgain(text, text.Length, _epoch);
        ForgetFound();
    }

    private void ForgetFound()
    {
        _orphans.Clear();
        _orphanTexts.Clear();
        _threads.Clear();
    }

    private void Mark(in LuaValue value)
    {
        if (value.AsObject is { } obj) Mark(obj);
    }

    private void Mark(LuaObject obj)
    {
        if (obj.Mark == _epoch) return;
        if (obj.Mark == LuaObject.Uncounted)
        {
            if (obj is LuaString { Length: <= ShortStringTable.MaxLength } constant) MarkConstant(constant);
            return;
        }

        obj.Mark = _epoch;
        if (obj is LuaString text)
        {
            Count(text);
            return;
        }

        if (obj.Block == 0) MissesBlock(obj);
        _gray.Push(obj);
    }

    /// <summary>The block of a constant is that of any short string with its content.</summary>
    private void MarkConstant(LuaString text)
    {
        if (machine.Heap.HasBlocks && machine.Heap.TryMarkText(text, _epoch, out var last) && last != _epoch)
        {
            _sum += Sizes.Text(text.Length);
        }
    }

    private void MissesBlock(HeapObject obj)
    {
        if (machine.Heap.HasBlocks) _orphans.Add(obj);
    }

    private void Propagate()
    {
        while (_gray.TryPop(out var obj)) Traverse(obj);
    }

    private void Traverse(HeapObject obj)
    {
        switch (obj)
        {
            case LuaTable table:
                Traverse(table);
                break;
            case FunctionCode code:
                Traverse(code);
                break;
            case LuaClosure closure:
                _sum += Sizes.Closure(closure.Upvalues.Length);
                Mark(closure.Code);
                foreach (var upvalue in closure.Upvalues)
                {
                    if (upvalue is not null) Traverse(upvalue); // one that is being made has not all of them
                }

                break;
            case NativeClosure closure:
                _sum += Sizes.NativeClosure(1);
                Mark(closure.Bound);
                break;
            case LuaUserdata userdata:
                _sum += Sizes.Userdata + userdata.SizeBytes;
                if (userdata.Metatable is { } metatable) Mark(metatable);
                Mark(userdata.UserValue);
                break;
            case LuaThread thread:
                Traverse(thread);
                break;
        }
    }

    private void Count(LuaString text)
    {
        if (machine.Heap.HasBlocks)
        {
            if (text.Length <= ShortStringTable.MaxLength)
            {
                if (!machine.Heap.TryMarkText(text, _epoch, out var last)) _orphanTexts.Add(text);
                if (last == _epoch) return;
            }
            else if (text.Mark != LuaObject.Uncounted && text.Block == 0)
            {
                _orphans.Add(text); // a long constant has its block with its function
            }

            _sum += Sizes.Text(text.Length);
            return;
        }

        if (text.Length > ShortStringTable.MaxLength || _shortStrings.Add(text)) _sum += Sizes.Text(text.Length);
    }

    /// <summary>A function's code with the strings that it names things by.</summary>
    private void Count(Prototype prototype)
    {
        _sum += Sizes.Code(prototype);
        foreach (ref readonly var constant in prototype.Constants.AsSpan())
        {
            if (constant.AsString is { } text) Count(text);
        }

        foreach (ref readonly var local in prototype.Locals.AsSpan()) Count(local.Name);
        foreach (ref readonly var upvalue in prototype.Upvalues.AsSpan())
        {
            if (upvalue.Name is { } name) Count(name);
        }
    }

    private void CountTree(Prototype prototype)
    {
        Count(prototype);
        foreach (var child in prototype.Children) CountTree(child);
    }

    private void Traverse(UpValue upvalue)
    {
        if (upvalue.Mark == _epoch) return;
        upvalue.Mark = _epoch;
        if (upvalue.Block == 0) MissesBlock(upvalue);
        if (!_isAhead) _sum += Sizes.Upvalue;
        if (upvalue.Slots is null) Mark(upvalue.Value);
        else if (!_isAhead) Mark(upvalue.Slot); // an open one is looked at in the moment that decides
    }

    private void Mark(FunctionCode code)
    {
        if (code.Mark == _epoch) return;
        code.Mark = _epoch;
        if (code.Block == 0) MissesBlock(code);
        _gray.Push(code);
    }

    private void Traverse(FunctionCode code)
    {
        // A closure that is not reached yet is forgotten, though it may be alive (lgc.c, traverseproto).
        if (_clearsStacks && code.Cache is { } cache && cache.Mark < _oldest) code.Cache = null;
        Count(code.Prototype);
        Count(code.Prototype.Source);
        for (var i = 0; i < code.Prototype.Children.Length; i++)
        {
            if (code.Children.Length > 0 && code.Children[i] is { } child) Mark(child);
            else CountTree(code.Prototype.Children[i]);
        }
    }

    private void Traverse(LuaTable table)
    {
        _sum += Sizes.Table + (table.Array.Length * (long)Sizes.Value) + (table.HashSize * (long)Sizes.Node);
        var weakKeys = false;
        var weakValues = false;
        if (table.Metatable is { } metatable)
        {
            Mark(metatable);
            if (LuaMachine.Meta(metatable, Metamethod.Mode).AsString is { } mode)
            {
                weakKeys = mode.Span.Contains((byte)'k');
                weakValues = mode.Span.Contains((byte)'v');
            }
        }

        if (weakKeys && weakValues)
        {
            _allWeak.Add(table);
            return;
        }

        if (weakKeys)
        {
            _ephemerons.Add(table);
            foreach (ref readonly var value in table.Array.AsSpan()) Mark(value);
            TraverseEphemeron(table);
            return;
        }

        if (weakValues) _weakValues.Add(table);
        else
        {
            foreach (ref readonly var value in table.Array.AsSpan()) Mark(value);
        }

        foreach (ref readonly var node in table.Nodes.AsSpan())
        {
            if (node.Value.IsNil) continue;
            Mark(node.Key);
            if (!weakValues) Mark(node.Value);
        }
    }

    /// <summary>Marks the values whose keys are reachable; true where there was one.</summary>
    private bool TraverseEphemeron(LuaTable table)
    {
        var marked = false;
        foreach (ref readonly var node in table.Nodes.AsSpan())
        {
            if (node.Value.O is not LuaObject value || value.Mark == _epoch || value.Mark == LuaObject.Uncounted)
            {
                continue;
            }

            if (IsDead(node.Key)) continue;
            Mark(value);
            marked = true;
        }

        return marked;
    }

    private void Converge()
    {
        bool changed;
        do
        {
            Propagate();
            changed = false;
            for (var i = 0; i < _ephemerons.Count; i++) changed |= TraverseEphemeron(_ephemerons[i]);
            Propagate();
        }
        while (changed);
    }

    private bool IsUnmarked(in LuaValue value) =>
        value.AsObject is { } obj && obj.Mark < _oldest && obj.Mark != LuaObject.Uncounted;

    /// <summary>Whether a weak reference to a value is cleared; strings count as values and never are.</summary>
    private bool IsDead(in LuaValue value)
    {
        if (value.O is not LuaString text) return IsUnmarked(value);
        Mark(text);
        return false;
    }

    private void ClearValues(List<LuaTable> tables)
    {
        foreach (var table in tables)
        {
            foreach (ref var value in table.Array.AsSpan())
            {
                if (IsDead(value)) value = default;
            }

            foreach (ref var node in table.Nodes.AsSpan())
            {
                if (!node.Value.IsNil && IsDead(node.Value)) node.Value = default;
            }
        }
    }

    private void ClearKeys(List<LuaTable> tables)
    {
        foreach (var table in tables)
        {
            foreach (ref var node in table.Nodes.AsSpan())
            {
                if (!node.Value.IsNil && IsDead(node.Key)) node.Value = default;
            }
        }
    }
}
