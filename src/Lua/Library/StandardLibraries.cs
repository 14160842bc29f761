using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>Opens the libraries that this assembly holds.</summary>
internal static class StandardLibraries
{
    private static IEnumerable<LibraryDefinition> Libraries(LuaOptions options) =>
    [
        CoroutineLibrary.Definition,
        TableLibrary.For(options),
        OsLibrary.Definition,
        StringLibrary.For(options),
        MathLibrary.For(options),
        Utf8Library.For(options),
        DebugLibrary.Definition,
        Bit32Library.Definition,
    ];

    /// <summary>
    /// Puts the basic functions and all libraries into the globals, in the form that the options name.
    /// </summary>
    public static void Open(LuaState state)
    {
        var globals = state.Globals;
        foreach (var (name, value) in BaseLibrary.Definition.Entries) globals[name] = value;
        globals["_G"] = globals;
        globals["_VERSION"] = "Lua 5.3";
        LuaTable? loaded = null;
        if (!state.Options.ModuleLibraries)
        {
            state.Registry["_LOADED"] = loaded = state.NewTable();
            loaded["_G"] = globals;
        }

        foreach (var library in Libraries(state.Options))
        {
            // The name of 5.1 for the same function (LUA_COMPAT_UNPACK).
            if (library.Name == "table") globals["unpack"] = library.Entries.Single(e => e.Key == "unpack").Value;
            LuaObject opened = loaded is null ? library.AsUserdata : library.AsTable(state);
            globals[library.Name] = opened;
            if (loaded is not null) loaded[library.Name] = opened;
        }

        var strings = state.NewTable(0, 1);
        strings["__index"] = globals["string"];
        state.SetTypeMetatable(LuaType.String, strings);
    }
}
