namespace AirHil.Lua.Values;

/// <summary>The basic types of Lua 5.3, in the order of the reference implementation (light userdata apart).</summary>
public enum LuaType
{
    Nil,
    Boolean,
    LightUserdata,
    Number,
    String,
    Table,
    Function,
    Userdata,
    Thread,
}
