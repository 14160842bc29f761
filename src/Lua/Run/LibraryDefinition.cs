using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>
/// A library as data: its name and its entries in the module's order. It is immutable and shared by all engines;
/// opening it gives a plain table or the module's read-only userdata, by <see cref="LuaOptions.ModuleLibraries"/>.
/// </summary>
public sealed class LibraryDefinition
{
    private readonly List<KeyValuePair<string, LuaValue>> _entries = [];

    public LibraryDefinition(string name) => Name = name;

    public string Name { get; }
    public IReadOnlyList<KeyValuePair<string, LuaValue>> Entries => _entries;

    public LibraryDefinition Add(string name, NativeBody body)
    {
        _entries.Add(new(name, new NativeFunction($"{Name}.{name}", body)));
        return this;
    }

    public LibraryDefinition Add(string name, LuaValue constant)
    {
        _entries.Add(new(name, constant));
        return this;
    }

    /// <summary>The module's read-only form (reference §1.4): a userdata whose fields are looked up here.</summary>
    public LuaLibrary AsUserdata => field ??= new LuaLibrary(this);

    /// <summary>The plain form: a new table of an engine.</summary>
    public LuaTable AsTable(LuaState state)
    {
        var table = state.NewTable(0, _entries.Count);
        foreach (var (name, value) in _entries) table[name] = value;
        return table;
    }
}
