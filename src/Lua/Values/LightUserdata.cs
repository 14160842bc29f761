namespace AirHil.Lua.Values;

/// <summary>A bare address (light userdata): equal when the addresses are. <see cref="Null"/> is <c>json.null</c>.</summary>
public sealed class LightUserdata(long address) : LuaObject
{
    public static readonly LightUserdata Null = new(0);

    public long Address { get; } = address;
    public override LuaType Type => LuaType.LightUserdata;
}
