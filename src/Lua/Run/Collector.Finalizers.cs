using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>Objects with a finalizer, and when it is called.</summary>
internal sealed partial class Collector
{
    /// <summary>Objects with a finalizer, in the order in which they got it.</summary>
    private List<HeapObject> _finalizable = [];

    private readonly Queue<HeapObject> _due = new();

    /// <summary>Finalizers that the next call of a few may call, and those that it may call already.</summary>
    private int _few;

    private int _allowed;

    /// <summary>Whether finalizers wait to be called.</summary>
    public bool HasDue => _due.Count > 0;

    /// <summary>The next object whose finalizer is to be called.</summary>
    public LuaObject? TakeDue()
    {
        while (_due.TryDequeue(out var next))
        {
            if (next is LuaObject obj) return obj;
            ((HeapBuffer)next).RunFinalizer(machine.Heap);
        }

        return null;
    }

    /// <summary>The same between two instructions: on the module each step calls only a few.</summary>
    public LuaObject? TakeAllowed()
    {
        if (!machine.Heap.HasBlocks) return TakeDue();
        FinalizeBuffers();
        if (_allowed == 0) return null;
        _allowed--;
        return (LuaObject)_due.Dequeue();
    }

    /// <summary>Notes a buffer, whose finalizer is the library's own.</summary>
    public void Add(HeapBuffer buffer) => _finalizable.Add(buffer);

    /// <summary>Calls the finalizers of buffers that are next and may be called.</summary>
    private void FinalizeBuffers()
    {
        for (; _allowed > 0 && _due.TryPeek(out var next) && next is HeapBuffer buffer; _allowed--)
        {
            _due.Dequeue();
            buffer.RunFinalizer(machine.Heap);
        }
    }

    /// <summary>A full cycle calls all finalizers; those of the script follow.</summary>
    private void FinalizeAllBuffers()
    {
        for (var left = _due.Count; left > 0; left--)
        {
            var next = _due.Dequeue();
            if (next is HeapBuffer buffer) buffer.RunFinalizer(machine.Heap);
            else _due.Enqueue(next);
        }
    }

    /// <summary>Makes every finalizer due, the latest first.</summary>
    public void FinalizeAll()
    {
        for (var i = _finalizable.Count - 1; i >= 0; i--) _due.Enqueue(_finalizable[i]);
        _finalizable = [];
    }

    /// <summary>Notes an object that got a metatable with <c>__gc</c> (luaC_checkfinalizer).</summary>
    public void CheckFinalizer(LuaObject obj, LuaTable metatable)
    {
        if (LuaMachine.Meta(metatable, Metamethod.Gc).IsNil) return;
        if (!_finalizable.Exists(other => ReferenceEquals(other, obj))) _finalizable.Add(obj);
    }

    /// <summary>
    /// One more finalizer may be called, at the next time twice as many, until none is due (runafewfinalizers).
    /// </summary>
    /// <returns>How many.</returns>
    private int AllowFew()
    {
        var waiting = _due.Count - _allowed;
        var few = Math.Min(waiting, _few);
        _allowed += few;
        _few = waiting > few ? _few * 2 : 0;
        FinalizeBuffers();
        return few;
    }

    /// <summary>Finds what is to be finalized, the latest first.</summary>
    /// <param name="onlyBuffers">Nothing of the script is looked at: it has not been marked.</param>
    private void SeparateFinalizable(bool onlyBuffers)
    {
        if (_finalizable.Count == 0) return;
        var kept = new List<HeapObject>(_finalizable.Count);
        for (var i = _finalizable.Count - 1; i >= 0; i--)
        {
            var obj = _finalizable[i];
            var stays = obj is HeapBuffer buffer
                ? onlyBuffers && !buffer.IsFinished
                : onlyBuffers || obj.Mark >= _oldest;
            if (stays) kept.Add(obj);
            else _due.Enqueue(obj);
        }

        kept.Reverse();
        _finalizable = kept;
    }

    private void MarkDue()
    {
        foreach (var obj in _due)
        {
            if (obj is LuaObject due) Mark(due);
            else _sum += HeapBuffer.BoxBytes;
        }
    }
}
