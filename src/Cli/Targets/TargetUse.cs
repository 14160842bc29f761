using AirHil.Lua.Coverage;

namespace AirHil.Cli.Targets;

/// <summary>What a target is made for.</summary>
/// <param name="Title">The scenario's full name, or the script's.</param>
/// <param name="Bits">The width of Lua's numbers, where it can be chosen.</param>
/// <param name="Coverage">Where executed lines are reported, where that can be seen; null: nowhere.</param>
internal sealed record TargetUse(string Title, int Bits, CoverageReport? Coverage = null);
