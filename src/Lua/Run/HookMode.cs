namespace AirHil.Lua.Run;

/// <summary>
/// Which of the two loops runs: the one that looks for hooks before each instruction, or the one that does not.
/// </summary>
internal interface IHookMode
{
    static abstract bool On { get; }
}

internal readonly struct WithHooks : IHookMode
{
    public static bool On => true;
}

internal readonly struct WithoutHooks : IHookMode
{
    public static bool On => false;
}
