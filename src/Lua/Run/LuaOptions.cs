using AirHil.Lua.Coverage;
using AirHil.Lua.Values;

namespace AirHil.Lua.Run;

/// <summary>What an engine is built with.</summary>
public sealed record LuaOptions
{
    /// <summary>32 (the module) or 64.</summary>
    public int Bits { get; init; } = 32;

    public NumberStyle NumberStyle { get; init; } = NumberStyle.Module;

    /// <summary>Bytes of Lua heap; null is no limit. V1112: 262,136 (reference §1.3).</summary>
    public long? HeapLimit { get; init; } = 262_136;

    /// <summary>
    /// True: library tables are read-only userdata as on the module (reference §1.4); false: plain tables.
    /// </summary>
    public bool ModuleLibraries { get; init; } = true;

    /// <summary>
    /// Where to count what is executed; null: nowhere, at no cost. Neither heap nor instructions count differently.
    /// </summary>
    public LineCoverage? Coverage { get; init; }
}
