namespace AirHil.Lua.Tests.Fuzz;

/// <summary>Random numbers of a seed, the same everywhere (splitmix64).</summary>
internal sealed class SplitMix(ulong state)
{
    private ulong _state = state;

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound)
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)bound);
    }
}
