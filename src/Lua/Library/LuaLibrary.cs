using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// A library "table" as V1112 has it: a userdata; unknown keys are nil, assignment is an error, <c>pairs</c> works, the
/// length is 0 and <c>getmetatable</c> gives false (reference §1.4). The machine looks its fields up directly.
/// </summary>
public sealed class LuaLibrary : LuaUserdata
{
    private readonly Dictionary<LuaString, LuaValue> _fields = [];

    internal LuaLibrary(LibraryDefinition definition) : base(definition)
    {
        foreach (var (name, value) in definition.Entries) _fields[LuaString.FromText(name)] = value;
    }

    public LibraryDefinition Definition => (LibraryDefinition)Payload!;

    public LuaValue this[in LuaValue key] =>
        key.AsString is { } name && _fields.TryGetValue(name, out var value) ? value : default;
}
