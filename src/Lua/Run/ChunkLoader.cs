using AirHil.Lua.Compile;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>Makes functions of chunks, of text or binary: a function, or the message why there is none.</summary>
internal static class ChunkLoader
{
    /// <summary>Why a chunk is not even read, which its first byte decides; null: it is of an allowed kind.</summary>
    public static string? Refusal(ReadOnlySpan<byte> source, string mode)
    {
        var kind = IsBinary(source) ? "binary" : "text";
        return mode.Contains(kind[0], StringComparison.Ordinal)
            ? null
            : $"attempt to load a {kind} chunk (mode is '{mode}')";
    }

    private static bool IsBinary(ReadOnlySpan<byte> source) =>
        source.Length > 0 && source[0] == BinaryChunk.FirstByte;

    /// <summary>Compiles what <c>load</c> is given.</summary>
    /// <param name="mode">Which kinds of chunk are allowed: <c>b</c>, <c>t</c> or both.</param>
    public static (LuaFunction? Function, string? Message) Of(
        LuaState state, ReadOnlySpan<byte> source, LuaString chunkName, string mode, LuaValue environment)
    {
        if (Refusal(source, mode) is { } refusal) return (null, refusal);
        if (IsBinary(source) && state.Options.ModuleLibraries)
        {
            return (null,
                $"{LuaCompiler.ShortSource(chunkName)}: bad binary format (precompiled chunks are not supported)");
        }

        state.Charge(source.Length / 8);
        try
        {
            var machine = (LuaMachine)state;
            if (IsBinary(source))
            {
                var read = BinaryChunkReader.Read(source, chunkName, state.Numbers);
                return (machine.NewMainClosure(read, environment), null);
            }

            var (chunk, scanned) = LuaCompiler.CompileScanned(source, chunkName, state.Numbers);
            if (machine.Heap.HasBlocks)
            {
                // The scanner's table is garbage as soon as the chunk is there (L:lua/src/llex.c, luaX_newstring).
                var table = state.NewTable();
                foreach (var key in scanned) table[key] = LuaValue.True;
            }

            return (machine.NewMainClosure(chunk, environment), null);
        }
        catch (LuaSyntaxException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>
    /// Why a chunk is refused that begins so, whatever follows: the parser asks for the next piece only when it needs
    /// it (L:lua/src/ldo.c, luaD_protectedparser). Null: it may be right.
    /// </summary>
    public static string? EarlyRefusal(
        LuaState state, ReadOnlySpan<byte> beginning, LuaString chunkName, string mode)
    {
        if (Refusal(beginning, mode) is { } refusal) return refusal;
        if (IsBinary(beginning))
        {
            return state.Options.ModuleLibraries ? Of(state, beginning, chunkName, mode, default).Message : null;
        }

        return LuaCompiler.EarlyError(beginning, chunkName, state.Numbers);
    }

    /// <summary>
    /// Compiles what a file holds: a byte order mark and a first line that starts with '#' are skipped.
    /// </summary>
    public static (LuaFunction? Function, string? Message) OfFile(
        LuaState state, ReadOnlySpan<byte> source, LuaString chunkName, string mode, LuaValue environment)
    {
        if (source.StartsWith("\uFEFF"u8)) source = source[3..];
        if (source.Length > 0 && source[0] == (byte)'#')
        {
            // The line break stays, so that line numbers are right.
            var end = source.IndexOf((byte)'\n');
            source = end < 0 ? [] : source[end..];
            if (source.Length > 1 && source[1] == BinaryChunk.FirstByte) source = source[1..];
        }

        return Of(state, source, chunkName, mode, environment);
    }
}
