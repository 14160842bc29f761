namespace AirHil.Lua.Values;

/// <summary>A function value: a Lua closure or a native function.</summary>
public abstract class LuaFunction : LuaObject
{
    public sealed override LuaType Type => LuaType.Function;
}
