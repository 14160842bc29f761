namespace AirHil.Board.BenchFile;

/// <summary>Finds the name that somebody may have meant.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>"; did you mean 'x'?", or nothing where no name is near.</summary>
    public static string Hint(string wrong, IEnumerable<string> names) =>
        Of(wrong, names) is { } name ? $"; did you mean '{name}'?" : "";

    /// <summary>The nearest name, if at most a third of it is different.</summary>
    public static string? Of(string wrong, IEnumerable<string> names)
    {
        if (wrong.Length > LongestName) return null;
        return names.Select(name => (Name: name, Distance: Distance(wrong, name)))
            .Where(n => n.Distance <= Math.Max(1, n.Name.Length / 3))
            .OrderBy(n => n.Distance)
            .Select(n => n.Name)
            .FirstOrDefault();
    }

    /// <summary>Characters to insert, delete, replace or swap with a neighbour; case does not count.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = table[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                var least = Math.Min(replaced, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    least = Math.Min(least, table[i - 2, j - 2] + 1);
                }

                table[i, j] = least;
            }
        }

        return table[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToUpperInvariant(a) == char.ToUpperInvariant(b);
}
