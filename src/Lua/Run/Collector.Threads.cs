using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>What coroutines hold.</summary>
internal sealed partial class Collector
{
    private void Traverse(LuaThread thread)
    {
        if (_isAhead) thread.FitBlocks(machine.Heap, SlotsLeft(thread));
        else if (machine.Heap.HasBlocks) _threads.Add(thread);
        CountStack(thread);
        foreach (ref readonly var value in thread.Stack.AsSpan(0, thread.Top)) Mark(value);
        if (ReferenceEquals(thread, machine.Current)) MarkFresh();
        if (_clearsStacks) thread.Stack.AsSpan(thread.Top).Clear();
        if (thread.Resumer is { } resumer) Mark(resumer);
        if (thread.Hook is { } hook) Mark(hook.Function);
        for (var frame = thread.Frame; frame.Kind != FrameKind.Base; frame = frame.Previous!)
        {
            if (frame.Kind == FrameKind.Lua) Mark(frame.Closure!);
            if (frame.Kind != FrameKind.Routine || frame.Frame is not { } native) continue;
            foreach (var value in native.Arguments) Mark(value);
            foreach (var value in native.Results) Mark(value);
            foreach (var value in native.ReturnValues) Mark(value);
        }
    }

    /// <summary>What a native function that is running has made: the module has it on the stack.</summary>
    private void MarkFresh()
    {
        foreach (var obj in machine.Heap.Fresh)
        {
            if (obj is LuaObject made) Mark(made);
            else obj.Mark = _epoch;
        }
    }

    /// <summary>
    /// The stack and the frames that PUC-Rio's collector leaves to a coroutine: an eighth more stack than it needs, and
    /// half of the unused frames (ldo.c, luaD_shrinkstack). The first frame is a part of the coroutine.
    /// </summary>
    private void CountStack(LuaThread thread)
    {
        if (!machine.Heap.HasBlocks)
        {
            var slots = SlotsLeft(thread);
            _sum += Sizes.Thread(slots, thread.FitCount(machine.Heap, slots));
            return;
        }

        // LUA_EXTRASPACE, a pointer before the state, is not counted as work.
        _sum += Sizes.Thread(SlotsLeft(thread), thread.CountFrames()) - Sizes.Pointer;
    }

    private static int SlotsLeft(LuaThread thread)
    {
        var top = thread.Top;
        for (var frame = thread.Frame; frame is not null; frame = frame.Previous) top = Math.Max(top, frame.Top);
        return Math.Min(top + 1 + ((top + 1) / 8) + (2 * LuaThread.ExtraStack), thread.Slots);
    }
}
