namespace AirHil.Lua.Run;

/// <summary>
/// Which of the loops runs: what it does before each instruction besides counting it. Each is compiled of its own, so
/// that what is off costs nothing.
/// </summary>
internal interface IHookMode
{
    /// <summary>Looks for a hook that is due.</summary>
    static abstract bool On { get; }

    /// <summary>Counts the instruction for line coverage.</summary>
    static abstract bool Covers { get; }
}

internal readonly struct WithHooks : IHookMode
{
    public static bool On => true;
    public static bool Covers => false;
}

internal readonly struct WithoutHooks : IHookMode
{
    public static bool On => false;
    public static bool Covers => false;
}

internal readonly struct CoveredWithHooks : IHookMode
{
    public static bool On => true;
    public static bool Covers => true;
}

internal readonly struct CoveredWithoutHooks : IHookMode
{
    public static bool On => false;
    public static bool Covers => true;
}
