namespace AirHil.Lua.Run;

/// <summary>
/// What library work costs in instructions of the budget. The rates are guesses, named so that they can be tuned.
/// </summary>
public static class LibraryWork
{
    /// <summary>Bytes that a library reads, makes or compares one by one in the time of one instruction.</summary>
    public const int BytesPerInstruction = 16;

    /// <summary>
    /// Bytes that a concatenation copies in the time of one instruction: whole words, so twice as many.
    /// </summary>
    public const int CopiedBytesPerInstruction = 32;

    /// <summary>Items of a pattern that are tried in the time of one instruction.</summary>
    public const int PatternStepsPerInstruction = 4;

    /// <summary>
    /// A straight run is given at least this many pattern steps, so that short matches need no routine.
    /// </summary>
    public const int LeastPatternSteps = 256;

    /// <summary>Elements of a table that a library moves in the time of one instruction.</summary>
    public const int ElementsPerInstruction = 1;

    /// <summary>Objects that a full collection marks or frees in the time of one instruction.</summary>
    public const int CollectedObjectsPerInstruction = 1;

    /// <summary>Bytes of a chunk that load compiles in the time of one instruction.</summary>
    public const int CompiledBytesPerInstruction = 1;

    public static void ChargeBytes(this LuaState state, long bytes) => state.Charge(bytes / BytesPerInstruction);

    /// <summary>The pattern steps that fit into what is left of the slice.</summary>
    public static long PatternSteps(this LuaState state) =>
        Math.Max(LeastPatternSteps, Math.Min(state.BudgetLeft, long.MaxValue / 8) * PatternStepsPerInstruction);

    /// <summary>Charges the steps that a run took out of what it was given.</summary>
    public static void ChargePatternSteps(this LuaState state, long given, long left) =>
        state.Charge((given - left) / PatternStepsPerInstruction);
}
