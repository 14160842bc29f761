using System.Globalization;
using System.Text;

using AirHil.Lua.Compile;
using AirHil.Lua.Syntax;
using AirHil.Lua.Values;

namespace AirHil.Lua.Coverage;

/// <summary>
/// The line coverage of a whole run, merged over resets, modules and scenarios, as lcov writes it
/// (geninfo(1), "FILES"). Functions may be added from several threads.
/// </summary>
public sealed class CoverageReport
{
    private readonly Lock _lock = new();
    private readonly List<(LineCoverage Coverage, IReadOnlyList<CoveredScript> Scripts)> _parts = [];

    /// <summary>
    /// Opens the counters of one module. They are read by <see cref="ToLcov"/>, when the module has stopped.
    /// </summary>
    /// <param name="scripts">The files of the module that are to be in the report.</param>
    public LineCoverage Open(IReadOnlyList<CoveredScript> scripts)
    {
        var coverage = new LineCoverage();
        lock (_lock) _parts.Add((coverage, scripts));
        return coverage;
    }

    /// <summary>
    /// The report: one record a file, by path. Scripts that never ran are in it, with no line executed.
    /// </summary>
    public string ToLcov()
    {
        var files = new SortedDictionary<string, FileCounts>(StringComparer.Ordinal);
        var unrun = new SortedDictionary<string, CoveredScript>(StringComparer.Ordinal);
        lock (_lock)
        {
            foreach (var (coverage, scripts) in _parts)
            {
                foreach (var script in scripts) unrun.TryAdd(script.Path, script);
                foreach (var chunk in coverage.Chunks)
                {
                    var script = scripts.FirstOrDefault(s => IsChunkOf(chunk, s));
                    if (script is not null) At(files, script.Path).Add(chunk, coverage);
                }
            }
        }

        foreach (var (path, script) in unrun)
        {
            if (!files.ContainsKey(path) && TryCompile(script) is { } chunk) At(files, path).Add(chunk, null);
        }

        var text = new StringBuilder();
        foreach (var (path, counts) in files) Write(text, path, counts);
        return text.ToString();
    }

    private static FileCounts At(SortedDictionary<string, FileCounts> files, string path)
    {
        if (!files.TryGetValue(path, out var counts)) files.Add(path, counts = new FileCounts());
        return counts;
    }

    /// <summary>By the chunk's name: "@main.lua", or "@/luadb/main.lua" where files run as they are.</summary>
    private static bool IsChunkOf(Prototype chunk, CoveredScript script)
    {
        var source = chunk.Source.ToString();
        return source == "@" + script.Name || source == "@/luadb/" + script.Name;
    }

    private static Prototype? TryCompile(CoveredScript script)
    {
        try
        {
            return LuaCompiler.CompileFile(
                script.Text.Span, LuaString.FromText("@" + script.Name),
                new NumberModel(64, NumberStyle.Module));
        }
        catch (LuaSyntaxException)
        {
            return null; // It has no lines that could run.
        }
    }

    private static void Write(StringBuilder text, string path, FileCounts counts)
    {
        var culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"TN:\nSF:{path}\n");
        var functions = counts.Functions.ToArray();
        foreach (var (line, name, _) in functions) text.Append(culture, $"FN:{line},{name}\n");
        foreach (var (_, name, calls) in functions) text.Append(culture, $"FNDA:{calls},{name}\n");
        text.Append(culture, $"FNF:{functions.Length}\nFNH:{functions.Count(f => f.Calls > 0)}\n");
        foreach (var (line, count) in counts.Lines) text.Append(culture, $"DA:{line},{count}\n");
        text.Append(culture, $"LF:{counts.Lines.Count}\nLH:{counts.Lines.Values.Count(c => c > 0)}\nend_of_record\n");
    }
}
