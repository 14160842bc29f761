using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// A library "table" as V1112 has it: a userdata; unknown keys are nil, assignment is an error, <c>pairs</c> works, the
/// length is 0 and <c>getmetatable</c> gives false (reference §1.4). The machine looks its fields up directly.
/// </summary>
public sealed class LuaLibrary : LuaUserdata
{
    /// <summary>The __name of the metatable that all libraries of the module share (L:lua/src/rotable2.c).</summary>
    internal static readonly LuaString TypeNameInTexts = LuaString.FromText("rotable");

    /// <summary>Read only after construction: engines on different threads share it.</summary>
    private readonly LuaTable _fields = new(null);

    internal LuaLibrary(LibraryDefinition definition) : base(definition)
    {
        Mark = Uncounted;
        Address = SharedAddress(definition.Name);
        _fields.Resize(0, definition.Entries.Count);
        foreach (var (name, value) in definition.Entries) _fields[name] = value;
    }

    /// <summary>
    /// What the module's string metatable has for <c>__index</c>: a function (L:lua/src/rotable2.c). The machine looks
    /// the library up without calling it.
    /// </summary>
    public NativeFunction IndexFunction => field ??= new LibraryIndex(this);

    public LibraryDefinition Definition => (LibraryDefinition)Payload!;

    public LuaValue this[in LuaValue key] => key.AsString is { } name ? _fields.GetString(name) : default;

    /// <summary>The entry after a key in the order of the definition; false at the end or for an unknown key.</summary>
    internal bool Next(in LuaValue key, out LuaValue nextKey, out LuaValue value)
    {
        var entries = Definition.Entries;
        var index = 0;
        if (!key.IsNil)
        {
            var name = key.AsString?.ToString();
            while (index < entries.Count && entries[index].Key != name) index++;
            index++;
        }

        var found = index < entries.Count;
        nextKey = found ? LuaString.FromText(entries[index].Key) : default(LuaValue);
        value = found ? entries[index].Value : default;
        return found;
    }
}
