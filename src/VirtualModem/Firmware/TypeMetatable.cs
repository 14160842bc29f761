using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.VirtualModem.Firmware;

/// <summary>
/// The metatables of the userdata types, kept in the registry by the type's name (luaL_newmetatable).
/// </summary>
internal static class TypeMetatable
{
    /// <summary>luaL_newmetatable creates a table with two places and a name in it.</summary>
    private const int FirstPlaces = 2;

    /// <summary>The metatable of a type; it is made at the first call.</summary>
    /// <param name="state">The engine that keeps it.</param>
    /// <param name="typeName">The name of the type: "ZBUFF*".</param>
    /// <param name="entries">What stands in it besides <c>__name</c>.</param>
    public static LuaTable Of(
        LuaState state, string typeName, params ReadOnlySpan<(string Name, NativeFunction Function)> entries)
    {
        if (state.Registry[typeName].AsTable is { } known) return known;
        var metatable = state.NewTable(0, Math.Max(FirstPlaces, entries.Length + 1));
        metatable["__name"] = typeName;
        foreach (var (name, function) in entries) metatable[name] = function;
        state.Registry[typeName] = metatable;
        return metatable;
    }
}
