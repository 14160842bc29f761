using System.Numerics;
using AirHil.Lua.Compile;
using AirHil.Lua.Coverage;
using AirHil.Modem;

namespace AirHil.Rig.Runs;

/// <summary>
/// What one run executed of its scripts: which instructions, and how often by powers of two. Runs that went the same
/// ways as often have the same set.
/// </summary>
public sealed class ScriptTrail
{
    /// <summary>Counts from 2 to the power of this on are alike.</summary>
    private const int MostBits = 10;

    /// <summary>Later ones are not kept.</summary>
    private const int MostCommits = 5000;
    private readonly List<TimeSpan> _commits = [];

    /// <summary>The counters of the module.</summary>
    internal LineCoverage Counters { get; } = new();

    /// <summary>When the module was done with each commit to flash, in the run's time.</summary>
    public IReadOnlyList<TimeSpan> Commits => _commits;

    internal void Commit(TimeSpan done)
    {
        if (_commits.Count < MostCommits) _commits.Add(done);
    }

    /// <summary>A number for each place and how often it was passed; what is executed together is one place.</summary>
    /// <param name="known">Numbers that are left out.</param>
    public IReadOnlyList<ulong> Places(IReadOnlySet<ulong> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var places = new List<ulong>();
        foreach (var chunk in Counters.Chunks) Add(chunk, Of(chunk), known, places);
        return places;
    }

    private void Add(Prototype function, ulong key, IReadOnlySet<ulong> known, List<ulong> places)
    {
        var counts = Counters.Counts(function);
        var before = 0L;
        for (var pc = 0; pc < counts.Length; pc++)
        {
            var count = counts[pc];
            if (count == before) continue;
            before = count;
            if (count == 0) continue;
            var bits = Math.Min(BitOperations.Log2((ulong)count), MostBits);
            var place = Fnv.Add(key, (ulong)pc) ^ (ulong)bits;
            if (!known.Contains(place)) places.Add(place);
        }

        for (var i = 0; i < function.Children.Length; i++)
        {
            Add(function.Children[i], Fnv.Add(key, (ulong)i + 1), known, places);
        }
    }

    /// <summary>
    /// The functions that were called, of the files that are the user's own, each once. A text that the script loads
    /// under the name of a file is one function, however often it is loaded.
    /// </summary>
    /// <param name="files">Their names, as "main.lua".</param>
    public IReadOnlyList<ScriptFunction> Functions(IReadOnlySet<string> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var functions = new List<ScriptFunction>();
        foreach (var chunk in Counters.Chunks)
        {
            if (files.Contains(chunk.Source.ToString().TrimStart('@'))) Add(chunk, Of(chunk), functions);
        }

        return [.. functions.GroupBy(f => f.Key).Select(same => same.MaxBy(f => f.Reached)!)];
    }

    private void Add(Prototype function, ulong key, List<ScriptFunction> functions)
    {
        var counts = Counters.Counts(function);
        var reached = counts.IsEmpty ? 0 : counts.Length - 1 - counts[..^1].Count(0);
        if (reached > 0)
        {
            functions.Add(new ScriptFunction(
                key, reached,
                [.. function.Constants.Select(c => c.AsString?.ToString()).OfType<string>()]));
        }

        for (var i = 0; i < function.Children.Length; i++)
        {
            Add(function.Children[i], Fnv.Add(key, (ulong)i + 1), functions);
        }
    }

    private static ulong Of(Prototype chunk)
    {
        var hash = Fnv.Start;
        foreach (var b in chunk.Source.Span) hash = Fnv.Add(hash, b);
        return Fnv.Add(hash, (ulong)chunk.Code.Length);
    }
}
