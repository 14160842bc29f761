namespace AirHil.Modem;

/// <summary>The hash FNV-1a with 64 bits: the same on every runtime, and not for secrets.</summary>
public static class Fnv
{
    /// <summary>The hash of nothing.</summary>
    public const ulong Start = 0xCBF29CE484222325UL;

    public const ulong Prime = 0x100000001B3UL;

    /// <summary>The hash with one more value.</summary>
    public static ulong Add(ulong hash, ulong value) => (hash ^ value) * Prime;
}
