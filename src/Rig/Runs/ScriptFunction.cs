namespace AirHil.Rig.Runs;

/// <summary>A function of a script that a run called.</summary>
/// <param name="Key">The same function has the same in every run.</param>
/// <param name="Reached">How many of its instructions were executed.</param>
/// <param name="Texts">The texts that are written in it.</param>
public sealed record ScriptFunction(ulong Key, int Reached, IReadOnlyList<string> Texts);
