namespace AirHil.Lua.Coverage;

/// <summary>A script file that coverage is wanted of.</summary>
/// <param name="Name">Its name on the module, "main.lua".</param>
/// <param name="Path">What the report calls it.</param>
/// <param name="Text">Its source, from which the lines are known even where it never ran.</param>
public sealed record CoveredScript(string Name, string Path, ReadOnlyMemory<byte> Text);
