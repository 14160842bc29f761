using System.Runtime.CompilerServices;

using AirHil.Lua.Memory;
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

    /// <summary>
    /// Slots of the main coroutine behind the full collection that precedes main.lua (luat_main.c, pmain).
    /// </summary>
    internal const int MainStack = 35;

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
    private int _stackBlock;

    /// <summary>
    /// What a module's stack has, and what decides when it grows. A collection makes it smaller; the array stays, as
    /// the machine may be working on it.
    /// </summary>
    private int _slots = InitialStack;

    internal LuaThread(LuaMachine machine)
    {
        _machine = machine;
        Frame = Bottom;
        Top = 1;
        Bottom.Top = Top + NativeStack;
    }

    public override LuaType Type => LuaType.Thread;

    /// <summary>The next frame above the current one, made or reused.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal CallInfo NextFrame(CallInfo current) =>
        current.Next is { Block: not 0 } next ? next : MakeFrame(current);

    /// <summary>Makes the first frames before they are needed.</summary>
    internal void TakeFrames(int count)
    {
        var frame = Bottom;
        for (var i = 0; i < count; i++) frame = NextFrame(frame);
    }

    private CallInfo MakeFrame(CallInfo current)
    {
        var heap = _machine.Heap;
        var block = CallInfo.NoBlock;
        if (heap.HasBlocks) block = heap.Take(heap.Sizes.Frame);
        else heap.Charge(heap.Sizes.Frame);
        var frame = current.Next;
        if (frame is null)
        {
            frame = new CallInfo(current);
            current.Next = frame;
        }

        frame.Block = block;
        return frame;
    }

    /// <summary>
    /// Gives back the first of every two unused frames (luaE_shrinkCI); those that are left are used next.
    /// </summary>
    private void ShrinkFrames(LuaHeap heap)
    {
        var first = 0;
        var left = Frame.Next;
        for (var frame = left; frame is { Block: not 0 }; frame = frame.Next)
        {
            var block = frame.Block;
            frame.Block = 0;
            if (first == 0)
            {
                first = block;
                continue;
            }

            if (heap.HasBlocks) heap.Give(first);
            first = 0;
            left!.Block = block;
            left = left.Next;
        }

        if (first != 0) left!.Block = first;
    }

    /// <summary>Frames that there are, without the first one, which is a part of the coroutine.</summary>
    internal int CountFrames()
    {
        var frames = 0;
        for (var frame = Bottom.Next; frame is not null; frame = frame.Next) frames += frame.Block == 0 ? 0 : 1;
        return frames;
    }

    /// <summary>The slots that the stack has, and of which a collection may take some.</summary>
    internal int Slots => _slots;

    /// <summary>The main coroutine begins with fewer slots than others.</summary>
    internal void BeMain() => _slots = MainStack;

    /// <summary>Makes the stack's block as large as the collector leaves it, and gives unused frames back.</summary>
    internal void FitBlocks(LuaHeap heap, int slots)
    {
        ShrinkFrames(heap);
        if (slots == _slots) return;
        var block = heap.TryTake(slots * (long)heap.Sizes.Value);
        if (block == 0) return;
        heap.Give(_stackBlock);
        (_stackBlock, _slots) = (block, slots);
    }

    /// <summary>
    /// The same where bytes are only counted: what is given back has to be taken, and counted, again.
    /// </summary>
    /// <returns>The frames that are left, without the first one.</returns>
    internal int FitCount(LuaHeap heap, int slots)
    {
        ShrinkFrames(heap);
        _slots = slots;
        return CountFrames();
    }

    /// <summary>Takes the block of the first stack.</summary>
    internal void TakeStack(LuaHeap heap)
    {
        heap.Renew(ref _stackBlock, _slots * (long)heap.Sizes.Value);
    }

    internal override long SizeIn(HeapSizes sizes) => sizes.ThreadBlock;

    internal override void TakeBlocks(LuaHeap heap)
    {
        base.TakeBlocks(heap);
        heap.Give(_stackBlock);
        _stackBlock = heap.TryTake(_slots * (long)heap.Sizes.Value);
        for (var frame = Bottom.Next; frame is not null; frame = frame.Next)
        {
            if (frame.Block == 0) frame.Block = heap.TryTake(heap.Sizes.Frame);
        }
    }

    internal override void GiveBlocks(LuaHeap heap)
    {
        base.GiveBlocks(heap);
        heap.Give(_stackBlock);
        _stackBlock = 0;
        for (var frame = Bottom.Next; frame is not null; frame = frame.Next)
        {
            heap.Give(frame.Block);
            frame.Block = 0;
        }
    }

    /// <summary>Makes sure that <paramref name="count"/> slots above the top exist.</summary>
    /// <exception cref="LuaException">"stack overflow".</exception>
    internal void EnsureStack(int count)
    {
        if (_slots - Top <= count + ExtraStack) Grow(count);
    }

    /// <summary>Whether <see cref="EnsureStack"/> has nothing to do when the top is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasSlots(int top, int count) => _slots - top > count + ExtraStack;

    private void Grow(int count)
    {
        var size = _slots;
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
        if (inUse < MaxStack - ExtraStack && good < _slots) Reallocate(Math.Max(good, InitialStack));
    }

    private void Reallocate(int size)
    {
        if (size == _slots) return;
        var heap = _machine.Heap;
        var bytes = (size - _slots) * (long)heap.Sizes.Value;
        if (heap.HasBlocks) heap.Renew(ref _stackBlock, size * (long)heap.Sizes.Value, shrinks: bytes < 0);
        else if (bytes > 0) heap.Charge(bytes);
        else heap.Release(-bytes);
        var isSmaller = size < _slots;
        _slots = size;
        if (size <= Stack.Length && !isSmaller) return;
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

        var upvalue = new UpValue { Slots = Stack, Index = index, Next = current, OutlivesThread = true };
        _machine.Heap.Add(upvalue, _machine.Heap.Sizes.Upvalue);
        if (!IsListed) _machine.Collector.List(this);
        if (after is null) OpenUpvalues = upvalue;
        else after.Next = upvalue;
        return upvalue;
    }

    /// <summary>Whether an upvalue is open in a slot or above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool HasOpenUpvalue(int level) => OpenUpvalues is { } upvalue && upvalue.Index >= level;

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
