namespace AirHil.Lua.Values;

/// <summary>Anything that Lua holds by reference and that the module's heap counts.</summary>
public abstract class LuaObject
{
    public abstract LuaType Type { get; }

    /// <summary>The epoch in which the collector last reached this object; owned by <c>Memory</c>.</summary>
    internal int Mark;
}
