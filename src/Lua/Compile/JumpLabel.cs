using AirHil.Lua.Values;

namespace AirHil.Lua.Compile;

/// <summary>A label, or a goto that waits for one.</summary>
internal sealed class JumpLabel(LuaString name, int pc, int line, int activeCount)
{
    public LuaString Name { get; } = name;
    public int Pc { get; } = pc;
    public int Line { get; } = line;

    /// <summary>The number of local variables in scope there.</summary>
    public int ActiveCount { get; set; } = activeCount;
}
