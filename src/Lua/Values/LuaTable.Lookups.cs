using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace AirHil.Lua.Values;

/// <summary>Where a key is.</summary>
public sealed partial class LuaTable
{
    internal LuaValue Get(in LuaValue key)
    {
        if (key.O is LuaString text) return GetString(text);
        if (key.IsInteger) return GetInteger(key.N);
        ref var slot = ref Find(key);
        return Unsafe.IsNullRef(ref slot) ? default : slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal LuaValue GetInteger(long key)
    {
        var array = Array;
        if ((ulong)(key - 1) < (ulong)array.Length) return array[key - 1];
        ref var slot = ref FindHashInteger(key);
        return Unsafe.IsNullRef(ref slot) ? default : slot;
    }

    internal LuaValue GetString(LuaString key)
    {
        ref var slot = ref FindString(key);
        return Unsafe.IsNullRef(ref slot) ? default : slot;
    }

    /// <summary>The slot of a key, or a null reference.</summary>
    internal ref LuaValue Find(in LuaValue key)
    {
        if (key.O is LuaString text) return ref FindString(text);
        if (key.IsInteger) return ref FindInteger(key.N);
        if (key.IsNil) return ref Unsafe.NullRef<LuaValue>();
        if (key.IsFloat && TryFloatToInteger(key.AsFloat, out var integer)) return ref FindInteger(integer);
        return ref FindInChain(key);
    }

    private ref LuaValue FindInChain(in LuaValue key)
    {
        ref var node = ref MainNode(key);
        while (true)
        {
            if (node.Key.RawEquals(key)) return ref node.Value;
            if (node.Next == 0) return ref Unsafe.NullRef<LuaValue>();
            node = ref Unsafe.Add(ref node, node.Next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref LuaValue FindInteger(long key)
    {
        var array = Array;
        if ((ulong)(key - 1) < (ulong)array.Length) return ref array[key - 1];
        return ref FindHashInteger(key);
    }

    internal ref LuaValue FindHashInteger(long key)
    {
        var nodes = Nodes;
        ref var node = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(nodes), (int)key & (nodes.Length - 1));
        while (true)
        {
            if (node.Key.N == key && node.Key.IsInteger) return ref node.Value;
            if (node.Next == 0) return ref Unsafe.NullRef<LuaValue>();
            node = ref Unsafe.Add(ref node, node.Next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref LuaValue FindString(LuaString key)
    {
        var nodes = Nodes;
        ref var node = ref Unsafe.Add(
            ref MemoryMarshal.GetArrayDataReference(nodes), (int)key.Hash & (nodes.Length - 1));
        if (ReferenceEquals(node.Key.O, key)) return ref node.Value;
        return ref FindStringFrom(ref node, key);
    }

    private ref LuaValue FindStringFrom(ref Node node, LuaString key)
    {
        while (true)
        {
            if (ReferenceEquals(node.Key.O, key)) return ref node.Value;
            if (node.Key.O is LuaString text && text.Hash == key.Hash && text.ContentEquals(key))
            {
                Adopt(ref node, text, key);
                return ref node.Value;
            }

            if (node.Next == 0) return ref Unsafe.NullRef<LuaValue>();
            node = ref Unsafe.Add(ref node, node.Next);
        }
    }

    /// <summary>
    /// Takes the text that is looked for as the key, so that the same constant finds it by reference next time. No
    /// heap counts either of them. The tables without a heap are shared by engines, and stay as they are.
    /// </summary>
    private void Adopt(ref Node node, LuaString text, LuaString key)
    {
        if (_heap is not null && text.Mark == Uncounted && key.Mark == Uncounted) node.Key.O = key;
    }
}
