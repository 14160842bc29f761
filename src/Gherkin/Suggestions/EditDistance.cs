namespace AirHil.Gherkin.Suggestions;

/// <summary>How far two texts are apart.</summary>
internal static class EditDistance
{
    /// <summary>The least number of characters to insert, delete or replace (Levenshtein), case ignored.</summary>
    public static int Between(string first, string second)
    {
        var row = Enumerable.Range(0, second.Length + 1).ToArray();
        for (var i = 1; i <= first.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= second.Length; j++)
            {
                var same = char.ToUpperInvariant(first[i - 1]) == char.ToUpperInvariant(second[j - 1]);
                var replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
