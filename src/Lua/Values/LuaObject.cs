using AirHil.Lua.Memory;

namespace AirHil.Lua.Values;

/// <summary>Anything that Lua holds by reference and that the module's heap counts.</summary>
public abstract class LuaObject : HeapObject
{
    /// <summary>
    /// The <see cref="HeapObject.Mark"/> of objects that no engine's heap counts: constants of shared prototypes,
    /// library functions, strings that the host made. The collector never writes to them, so engines on different
    /// threads may share them.
    /// </summary>
    internal const int Uncounted = -1;

    public abstract LuaType Type { get; }

    /// <summary>Bytes of the object itself as PUC-Rio lays it out, without what it has apart from it.</summary>
    internal virtual long SizeIn(HeapSizes sizes) => 0;

    internal override void TakeBlocks(LuaHeap heap) => heap.TakeAgain(this, SizeIn(heap.Sizes));

    /// <summary>A stable address for objects that engines share, from their name (FNV-1a).</summary>
    internal static uint SharedAddress(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619u;
        return (hash & 0x000FFFF8u) | 0x00800000u;
    }
}
