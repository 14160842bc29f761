using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>Source text to bytecode.</summary>
public static class LuaCompiler
{
    /// <summary>
    /// Compiles a chunk. Its one upvalue is _ENV. A first line that starts with '#' is skipped only if the caller cut
    /// it.
    /// </summary>
    /// <param name="source">The text, any bytes.</param>
    /// <param name="chunkName">"@file", "=name" or the source itself, as for lua_load.</param>
    /// <param name="model">Decides the values of numerals and of folded constants.</param>
    /// <exception cref="LuaSyntaxException">The text does not compile.</exception>
    public static Prototype Compile(ReadOnlySpan<byte> source, LuaString chunkName, NumberModel model) =>
        TreeCompiler.Compile(SyntaxTree.Parse(source, chunkName, model));

    /// <summary>The same, and the keys of the table that the reference's scanner leaves behind as garbage.</summary>
    /// <exception cref="LuaSyntaxException">The text does not compile.</exception>
    internal static (Prototype Chunk, IEnumerable<LuaValue> Scanned) CompileScanned(
        ReadOnlySpan<byte> source, LuaString chunkName, NumberModel model) =>
        TreeCompiler.CompileScanned(SyntaxTree.Parse(source, chunkName, model));

    /// <summary>The error of a text that begins so, whatever follows; null: it may be right.</summary>
    internal static string? EarlyError(ReadOnlySpan<byte> beginning, LuaString chunkName, NumberModel model)
    {
        var tree = SyntaxTree.ParseBeginning(beginning, chunkName, model);
        try
        {
            TreeCompiler.Compile(tree);
            return null;
        }
        catch (LuaSyntaxException e)
        {
            return tree.IsIncomplete && ReferenceEquals(e, tree.Failure) ? null : e.Message;
        }
    }

    /// <summary>
    /// Compiles a script file's text as <see cref="Compile"/>. Like luaL_loadfile it leaves out a byte order mark and a
    /// first line that starts with '#', but not its end, so that lines keep their numbers.
    /// </summary>
    /// <exception cref="LuaSyntaxException">The text does not compile.</exception>
    public static Prototype CompileFile(ReadOnlySpan<byte> source, LuaString chunkName, NumberModel model)
    {
        if (source.StartsWith("\uFEFF"u8)) source = source[3..];
        if (source.Length > 0 && source[0] == (byte)'#')
        {
            var end = source.IndexOf((byte)'\n');
            source = end < 0 ? [] : source[end..];
        }

        return Compile(source, chunkName, model);
    }

    /// <summary>The short form of a chunk name that messages show (luaO_chunkid, LUA_IDSIZE 60).</summary>
    public static string ShortSource(LuaString chunkName) => ChunkName.Shorten(chunkName);
}
