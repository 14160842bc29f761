using AirHil.Lua.Compile;

namespace AirHil.Lua.Coverage;

/// <summary>
/// What engines executed, by function: how often each instruction ran and how often the function was called. Engines
/// that never run at the same time may share one, as the engines of a module from reset to reset do.
/// </summary>
public sealed class LineCoverage
{
    private readonly Dictionary<Prototype, long[]> _counts = [];
    private readonly List<Prototype> _chunks = [];

    /// <summary>The main chunks that were loaded, each once, in the order of loading.</summary>
    public IReadOnlyList<Prototype> Chunks => _chunks;

    /// <summary>
    /// A counter for each instruction, then one for the calls; empty where no closure was made of the function.
    /// </summary>
    public ReadOnlySpan<long> Counts(Prototype function) => _counts.GetValueOrDefault(function);

    internal long[] CountsOf(Prototype function)
    {
        if (_counts.TryGetValue(function, out var counts)) return counts;
        counts = new long[function.Code.Length + 1];
        _counts.Add(function, counts);
        if (function.LineDefined == 0) _chunks.Add(function);
        return counts;
    }
}
