using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>The state of a coroutine as <c>coroutine.status</c> tells it.</summary>
internal enum ThreadStatus : byte
{
    Suspended,
    Running,
    Normal,
    Dead,
}

/// <summary>A coroutine: its own stack and frames, on the heap.</summary>
public sealed class LuaThread : LuaObject
{
    /// <summary>LUAI_MAXSTACK: slots a coroutine may use.</summary>
    internal const int MaxStack = 1_000_000;

    internal const int InitialStack = 40;

    /// <summary>Slots beyond what a frame asked for, for metamethod calls and native results.</summary>
    internal const int ExtraStack = 5;

    /// <summary>Slots that a native function can count on.</summary>
    internal const int NativeStack = 20;

    private const int ErrorStack = MaxStack + 200;

    internal LuaValue[] Stack = new LuaValue[InitialStack];

    /// <summary>The first free slot.</summary>
    internal int Top;

    internal readonly CallInfo Bottom = new(null);
    internal CallInfo Frame;
    internal int FrameCount = 1;
    internal UpValue? OpenUpvalues;
    internal ThreadStatus Status;
    internal HookState? Hook;

    /// <summary>Whether the collector knows that this coroutine has open upvalues.</summary>
    internal bool IsListed;

    /// <summary>Whether the body has been called.</summary>
    internal bool Started;

    /// <summary>The coroutine that resumed this one.</summary>
    internal LuaThread? Resumer;

    /// <summary>Native levels below this coroutine, for the limit of nested calls.</summary>
    internal int DepthBelow;

    private readonly LuaMachine _machine;

    internal LuaThread(LuaMachine machine)
    {
        _machine = machine;
        Frame = Bottom;
        Bottom.Top = NativeStack;
        Top = 1;
    }

    public override LuaType Type => LuaType.Thread;

    /// <summary>The next frame above the current one, made or reused.</summary>
    internal CallInfo NextFrame(CallInfo current)
    {
        if (current.Next is { } next) return next;
        _machine.Heap.Charge(_machine.Heap.Sizes.Frame);
        next = new CallInfo(current);
        current.Next = next;
        FrameCount++;
        return next;
    }

    /// <summary>Makes sure that <paramref name="count"/> slots above the top exist.</summary>
    /// <exception cref="LuaException">"stack overflow".</exception>
    internal void EnsureStack(int count)
    {
        if (Stack.Length - Top <= count + ExtraStack) Grow(count);
    }

    private void Grow(int count)
    {
        var size = Stack.Length;
        var needed = Top + count + ExtraStack + 1;
        if (size > MaxStack)
        {
            if (needed <= ErrorStack) return;
            throw new LuaException("error in error handling") { SkipsHandler = true };
        }

        var newSize = Math.Min(Math.Max(size * 2, needed), MaxStack);
        if (needed > MaxStack)
        {
            Reallocate(ErrorStack + ExtraStack);
            throw _machine.RuntimeError("stack overflow");
        }

        Reallocate(newSize);
    }

    /// <summary>After an overflow was handled, and when a collection finds the stack far too large.</summary>
    internal void Shrink()
    {
        var inUse = Top;
        for (var frame = Frame; frame is not null; frame = frame.Previous) inUse = Math.Max(inUse, frame.Top);
        inUse += 1 + ExtraStack;
        var good = Math.Min(inUse + (inUse / 8) + (2 * ExtraStack), MaxStack);
        if (inUse < MaxStack - ExtraStack && good < Stack.Length) Reallocate(Math.Max(good, InitialStack));
    }

    private void Reallocate(int size)
    {
        if (size == Stack.Length) return;
        var bytes = (size - Stack.Length) * (long)_machine.Heap.Sizes.Value;
        if (bytes > 0) _machine.Heap.Charge(bytes);
        else _machine.Heap.Release(-bytes);
        Array.Resize(ref Stack, size);
        for (var upvalue = OpenUpvalues; upvalue is not null; upvalue = upvalue.Next) upvalue.Slots = Stack;
    }

    /// <summary>The upvalue of a stack slot: the one open already, or a new one.</summary>
    internal UpValue FindUpvalue(int index)
    {
        UpValue? after = null;
        var current = OpenUpvalues;
        while (current is not null && current.Index >= index)
        {
            if (current.Index == index) return current;
            after = current;
            current = current.Next;
        }

        _machine.Heap.Charge(_machine.Heap.Sizes.Upvalue);
        var upvalue = new UpValue { Slots = Stack, Index = index, Next = current, OutlivesThread = true };
        if (!IsListed) _machine.Collector.List(this);
        if (after is null) OpenUpvalues = upvalue;
        else after.Next = upvalue;
        return upvalue;
    }

    internal void CloseUpvalues(int level)
    {
        while (OpenUpvalues is { } upvalue && upvalue.Index >= level)
        {
            OpenUpvalues = upvalue.Next;
            upvalue.Next = null;
            upvalue.Value = Stack[upvalue.Index];
            upvalue.Slots = null;
        }
    }

    internal void Push(in LuaValue value)
    {
        if (Top >= Stack.Length) EnsureStack(1);
        Stack[Top++] = value;
    }
}
