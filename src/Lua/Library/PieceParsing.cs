using System.Runtime.InteropServices;
using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// Looks for errors in a chunk of which only a part is there. It is parsed again with each piece; beyond 4 MiB of that,
/// only after it has grown by an eighth.
/// </summary>
internal sealed class PieceParsing
{
    /// <summary>Bytes that are parsed again without asking how much came since.</summary>
    private const long WithoutCare = 4 << 20;

    private long _parsed;
    private long _next;

    /// <summary>Why what is there is no chunk, whatever follows; null: it may be one.</summary>
    public string? Refusal(LuaState state, List<byte> beginning, LuaString chunkName, string mode)
    {
        if (beginning.Count < _next) return null;
        _parsed += beginning.Count;
        if (_parsed > WithoutCare) _next = beginning.Count + (beginning.Count / 8);
        return ChunkLoader.EarlyRefusal(state, CollectionsMarshal.AsSpan(beginning), chunkName, mode);
    }
}
