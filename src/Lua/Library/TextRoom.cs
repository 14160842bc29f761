using AirHil.Lua.Run;
using AirHil.Lua.Values;

namespace AirHil.Lua.Library;

/// <summary>
/// The room of a text that a native function of the host builds in pieces (luaL_Buffer): free up to 256 bytes, then
/// a block of the engine's heap that doubles, which is there until the text is made.
/// </summary>
public sealed class TextRoom(LuaState state)
{
    private readonly StringBuffer _room = new(state);

    /// <summary>A text that is made in a room of that many bytes.</summary>
    /// <exception cref="LuaException">There is no room: with a position, unlike other memory errors.</exception>
    public static LuaString Make(LuaState state, long roomBytes, byte[] bytes)
    {
        var room = new TextRoom(state);
        room.Grow(roomBytes);
        return room.Make(bytes);
    }

    /// <summary>Makes room for that many bytes in all.</summary>
    /// <exception cref="LuaException">There is none: with a position, unlike other memory errors.</exception>
    public void Grow(long bytes) => _room.Reserve(bytes);

    /// <summary>Makes room for so many bytes that come in pieces of at most that size.</summary>
    public void GrowBy(int piece, long bytes)
    {
        for (long at = 0; at < bytes; at += piece) Grow(Math.Min(at + piece, bytes));
    }

    /// <summary>The text is made, and the room is given back.</summary>
    public LuaString Make(byte[] bytes)
    {
        var text = state.NewString(bytes);
        _room.GiveBack();
        return text;
    }
}
