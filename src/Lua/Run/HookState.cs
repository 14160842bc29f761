using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>The events that a hook is called for (lua_sethook's mask).</summary>
[Flags]
internal enum HookEvents : byte
{
    None = 0,
    Call = 1,
    Return = 2,
    Line = 4,
    Count = 8,
}

/// <summary>How far the hooks of the instruction that is next have been called.</summary>
internal enum HookStage : byte
{
    None,
    Call,
    Count,
    Line,
    Return,
}

/// <summary>The hook of one coroutine, as debug.sethook set it.</summary>
internal sealed class HookState(LuaFunction function, HookEvents events, int count)
{
    public LuaFunction Function { get; } = function;
    public HookEvents Events { get; } = events;

    /// <summary>Instructions between two count events; 0 without them.</summary>
    public int Count { get; } = count;

    public int CountLeft { get; set; } = count;

    /// <summary>False while the hook runs: it is not called for what it does itself.</summary>
    public bool Allowed { get; set; } = true;

    public HookStage Stage { get; set; }

    public bool Wants(HookEvents wanted) => Allowed && (Events & wanted) != 0;
}
