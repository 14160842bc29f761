namespace AirHil.Lua.Run;

/// <summary>A function that looks its second argument up in a library; the first does not matter.</summary>
internal sealed class LibraryIndex(LuaLibrary library) : NativeFunction(
    library.Definition.Name + ".__index", (in LuaCall call) => call.Return(library[call[2]]))
{
    public LuaLibrary Library { get; } = library;
}
