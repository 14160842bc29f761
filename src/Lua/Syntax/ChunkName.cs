using AirHil.Lua.Values;

namespace AirHil.Lua.Syntax;

/// <summary>Chunk names in messages (luaO_chunkid, LUA_IDSIZE 60).</summary>
internal static class ChunkName
{
    private const int MaxLength = 59;
    private const string Ellipsis = "...";
    private const string Prefix = "[string \"";
    private const string Suffix = "\"]";

    public static string Shorten(LuaString name)
    {
        var bytes = name.Span;
        var nul = bytes.IndexOf((byte)0);
        if (nul >= 0) bytes = bytes[..nul];
        if (bytes.StartsWith("="u8)) return Text(bytes[1..Math.Min(bytes.Length, MaxLength + 1)]);
        if (bytes.StartsWith("@"u8))
        {
            return bytes.Length <= MaxLength + 1
                ? Text(bytes[1..])
                : Ellipsis + Text(bytes[^(MaxLength - Ellipsis.Length)..]);
        }

        var room = MaxLength + 1 - Prefix.Length - Ellipsis.Length - Suffix.Length - 1;
        var newline = bytes.IndexOf((byte)'\n');
        if (newline < 0 && bytes.Length < room) return Prefix + Text(bytes) + Suffix;
        if (newline >= 0) bytes = bytes[..newline];
        return Prefix + Text(bytes[..Math.Min(bytes.Length, room)]) + Ellipsis + Suffix;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => LuaString.MessageOf(bytes);
}
