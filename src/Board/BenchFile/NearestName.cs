using F23.StringSimilarity;

namespace AirHil.Board.BenchFile;

/// <summary>Finds the name that somebody may have meant.</summary>
public static class NearestName
{
    private const int LongestName = 64;

    /// <summary>"; did you mean 'x'?", or nothing where no name is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> names) =>
        Of(wrong, names) is { } name ? $"; did you mean '{name}'?" : "";

    /// <summary>
    /// The nearest name, if at most a third of its characters are inserted, deleted, replaced or swapped; case does not
    /// count.
    /// </summary>
    public static string? Of(string wrong, IEnumerable<string> names)
    {
        if (wrong.Length > LongestName) return null;
        var (distance, shown) = (new Damerau(), wrong.ToUpperInvariant());
        return names.Select(name => (Name: name, Distance: distance.Distance(shown, name.ToUpperInvariant())))
            .Where(n => n.Distance <= Math.Max(1, n.Name.Length / 3))
            .OrderBy(n => n.Distance)
            .Select(n => n.Name)
            .FirstOrDefault();
    }
}
