using System.Globalization;

namespace AirHil.Rig.Tests.Golden;

/// <summary>The test rows of one reference: each is here or has a reason.</summary>
internal sealed class ReferenceRows
{
    private readonly SortedDictionary<string, ReferenceRow> _rows;

    public ReferenceRows(IEnumerable<ReferenceRow> rows) =>
        _rows = new(rows.ToDictionary(row => row.Id), StringComparer.Ordinal);

    public IEnumerable<string> Ids => _rows.Keys;

    public Task Check(string id) => _rows[id].Check();

    /// <summary>Each number has a row or a reason, not both, and nothing else has.</summary>
    /// <param name="groups">What the numbers of a group begin with, and how many there are.</param>
    /// <param name="elsewhere">Numbers without a row, and why.</param>
    public void ShouldBeWhole(
        IEnumerable<KeyValuePair<string, int>> groups, IReadOnlyDictionary<string, string> elsewhere)
    {
        var numbers = groups.SelectMany(pair => Enumerable.Range(1, pair.Value)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}{number}"))).ToArray();
        var here = Ids.Select(id => id.Split(' ')[0]).ToHashSet();
        numbers.Where(number => here.Contains(number) == elsewhere.ContainsKey(number)).ShouldBeEmpty();
        here.Concat(elsewhere.Keys).Except(numbers).ShouldBeEmpty();
    }
}
