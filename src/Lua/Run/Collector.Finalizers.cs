using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>Objects with a finalizer, and when it is called.</summary>
internal sealed partial class Collector
{
    /// <summary>Objects with a finalizer, in the order in which they got it.</summary>
    private List<LuaObject> _finalizable = [];

    private readonly Queue<LuaObject> _due = new();

    /// <summary>Finalizers that the next call of a few may call, and those that it may call already.</summary>
    private int _few;

    private int _allowed;

    /// <summary>Whether finalizers wait to be called.</summary>
    public bool HasDue => _due.Count > 0;

    /// <summary>The next object whose finalizer is to be called.</summary>
    public LuaObject? TakeDue() => _due.TryDequeue(out var obj) ? obj : null;

    /// <summary>The same between two instructions: on the module each step calls only a few.</summary>
    public LuaObject? TakeAllowed()
    {
        if (!machine.Heap.HasBlocks) return TakeDue();
        if (_allowed == 0) return null;
        _allowed--;
        return TakeDue();
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
        return few;
    }

    private void SeparateFinalizable()
    {
        var kept = new List<LuaObject>(_finalizable.Count);
        for (var i = _finalizable.Count - 1; i >= 0; i--)
        {
            var obj = _finalizable[i];
            if (obj.Mark == _epoch) kept.Add(obj);
            else _due.Enqueue(obj);
        }

        kept.Reverse();
        _finalizable = kept;
        foreach (var obj in _due) Mark(obj);
    }
}
