namespace AirHil.Lua.Values;

/// <summary>
/// A bare address (light userdata): equal when the addresses are. <see cref="Null"/> is <c>json.null</c>.
/// </summary>
public sealed class LightUserdata : LuaObject
{
    public static readonly LightUserdata Null = new(0);

    public LightUserdata(long address)
    {
        Target = address;
        Mark = Uncounted;
        Address = (uint)address;
    }

    /// <summary>The address itself.</summary>
    public long Target { get; }

    public override LuaType Type => LuaType.LightUserdata;

    internal override bool HasFixedAddress => true;
}
