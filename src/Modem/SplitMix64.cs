namespace AirHil.Modem;

/// <summary>
/// A generator whose sequence is fixed by its seed on every runtime (splitmix64, public domain algorithm by S. Vigna).
/// </summary>
public sealed class SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>
    /// A generator of its own for a named component, so that a new component shifts no other's sequence.
    /// </summary>
    public static SplitMix64 For(ulong runSeed, string component)
    {
        var h = Fnv.Start;
        foreach (var c in component) h = Fnv.Add(h, c);
        return new SplitMix64(new SplitMix64(runSeed ^ h).Next());
    }

    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>0 inclusive to 1 exclusive.</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));
}
