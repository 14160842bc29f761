using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

using AirHil.Lua.Memory;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// A variable that closures share: open while it lives in a stack slot, closed with a value of its own.
/// </summary>
internal sealed class UpValue : HeapObject
{
    /// <summary>
    /// The stack that the variable is in; null when closed. The thread renews it when its stack grows.
    /// </summary>
    public LuaValue[]? Slots;

    public int Index;
    public LuaValue Value;

    /// <summary>The next open upvalue further down the same stack.</summary>
    public UpValue? Next;

    /// <summary>Open since before its coroutine died: the first collection after that still keeps the value.</summary>
    internal bool OutlivesThread;

    /// <summary>Its closures free it (L:lua/src/lgc.c, freeLclosure).</summary>
    internal override bool IsSweptAlone => false;

    internal override void TakeBlocks(LuaHeap heap) => heap.TakeAgain(this, heap.Sizes.Upvalue);

    public ref LuaValue Slot
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var slots = Slots;
            if (slots is null) return ref Value;
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(slots), Index);
        }
    }
}
