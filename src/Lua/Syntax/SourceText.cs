using System.Globalization;

using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>A chunk's bytes, its name in messages and the numbers it is written in.</summary>
internal sealed class SourceText(byte[] bytes, LuaString chunkName, NumberModel model)
{
    public byte[] Bytes { get; } = bytes;
    public LuaString ChunkName { get; } = chunkName;
    public NumberModel Model { get; } = model;

    /// <summary>An error at a line; <paramref name="near"/> is the token, null for none.</summary>
    public LuaSyntaxException Error(string message, int line, string? near)
    {
        var place = string.Create(
            CultureInfo.InvariantCulture, $"{Syntax.ChunkName.Shorten(ChunkName)}:{line}: {message}");
        return new LuaSyntaxException(near is null ? place : $"{place} near {near}", line);
    }
}
