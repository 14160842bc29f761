using System.Globalization;

using AirHil.Lua.Compile;

namespace AirHil.Lua.Coverage;

/// <summary>The lines and functions of one file, over all engines that ran it.</summary>
internal sealed class FileCounts
{
    private readonly SortedDictionary<int, long> _lines = [];
    private readonly Dictionary<string, (int Line, long Calls)> _functions = new(StringComparer.Ordinal);

    /// <summary>Lines that hold code, and how often each was executed.</summary>
    public IReadOnlyDictionary<int, long> Lines => _lines;

    /// <summary>
    /// The functions in the order of the file: where they begin, their name, how often they were called.
    /// </summary>
    public IEnumerable<(int Line, string Name, long Calls)> Functions =>
        _functions.Select(f => (f.Value.Line, f.Key, f.Value.Calls))
            .OrderBy(f => f.Line).ThenBy(f => f.Key, StringComparer.Ordinal);

    /// <summary>Adds what was counted for a main chunk of the file; without counts, its lines alone.</summary>
    public void Add(Prototype chunk, LineCoverage? coverage)
    {
        var lines = new Dictionary<int, long>();
        Add(chunk, "main chunk", coverage, lines, new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var (line, count) in lines) _lines[line] = _lines.GetValueOrDefault(line) + count;
    }

    private void Add(
        Prototype function, string name, LineCoverage? coverage, Dictionary<int, long> lines,
        Dictionary<string, int> names)
    {
        var counts = coverage is null ? [] : coverage.Counts(function);
        var nth = names[name] = names.GetValueOrDefault(name) + 1;
        var key = nth == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{nth}");
        var calls = counts.IsEmpty ? 0 : counts[^1];
        _functions[key] = (Math.Max(1, function.LineDefined), _functions.GetValueOrDefault(key).Calls + calls);

        // The return that ends every function is on the line of its "end"; behind a return of the script's own
        // it is never reached, which is no gap.
        var length = function.Code.Length;
        for (var pc = 0; pc < (length > 1 ? length - 1 : length) && pc < function.Lines.Length; pc++)
        {
            var line = function.Lines[pc];
            if (line <= 0) continue;
            // A line was executed as often as the instruction of it that was executed most.
            lines[line] = Math.Max(lines.GetValueOrDefault(line), counts.IsEmpty ? 0 : counts[pc]);
        }

        for (var i = 0; i < function.Children.Length; i++)
        {
            Add(function.Children[i], FunctionNames.Of(function, i), coverage, lines, names);
        }
    }
}
