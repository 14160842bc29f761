namespace AirHil.Lua.Values;

/// <summary>A Lua table (placeholder until the run-time part lands).</summary>
public sealed class LuaTable : LuaObject
{
    public override LuaType Type => LuaType.Table;
    public LuaTable? Metatable { get; set; }

    /// <summary>Raw access; a nil value removes the field.</summary>
    public LuaValue this[in LuaValue key] { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }

    public LuaValue this[string key] { get => this[(LuaValue)key]; set => this[(LuaValue)key] = value; }

    public LuaValue this[long index] { get => this[LuaValue.Integer(index)]; set => this[LuaValue.Integer(index)] = value; }

    /// <summary>The border that the length operator gives.</summary>
    public long Length => throw new NotImplementedException();

    /// <summary>The entry after <paramref name="key"/> (nil: the first) in the module's order; false at the end.</summary>
    public bool Next(in LuaValue key, out LuaValue nextKey, out LuaValue value) => throw new NotImplementedException();
}
