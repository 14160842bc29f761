namespace AirHil.Lua.Values;

/// <summary>Anything that Lua holds by reference and that the module's heap counts.</summary>
public abstract class LuaObject
{
    /// <summary>
    /// The <see cref="Mark"/> of objects that no engine's heap counts: constants of shared prototypes, library
    /// functions, strings that the host made. The collector never writes to them, so engines on different threads may
    /// share them.
    /// </summary>
    internal const int Uncounted = -1;

    public abstract LuaType Type { get; }

    /// <summary>The epoch in which the collector last reached this object; owned by <c>Memory</c>.</summary>
    internal int Mark;

    /// <summary>
    /// What stands for the object's address, as a hash and in texts; 0 until it is first needed
    /// (<see cref="Memory.LuaHeap"/>), so that it depends on the program alone.
    /// </summary>
    internal uint Address;

    /// <summary>A stable address for objects that engines share, from their name (FNV-1a).</summary>
    internal static uint SharedAddress(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name) hash = (hash ^ c) * 16777619u;
        return (hash & 0x000FFFF8u) | 0x00800000u;
    }
}
