using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>A coroutine: its own stack and frames, on the heap (placeholder until the run-time part lands).</summary>
public sealed class LuaThread : LuaObject
{
    internal LuaValue[] Stack = [];

    public override LuaType Type => LuaType.Thread;
}
