using System.Collections;

namespace Reqnroll;

/// <summary>The table under a step; its first line is the header.</summary>
/// <exception cref="ArgumentException">The header is empty.</exception>
public class DataTable(params string[] header) : Table(header);

/// <summary>The rows of a <see cref="DataTable"/>, header not counted.</summary>
public class DataTableRows : IEnumerable<DataTableRow>
{
    private readonly List<DataTableRow> _rows = [];

    internal DataTableRows()
    {
    }

    public int Count => _rows.Count;

    public DataTableRow this[int index] => _rows[index];

    public IEnumerator<DataTableRow> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(DataTableRow row) => _rows.Add(row);
}

/// <summary>One row: cells by column name and by index.</summary>
public class DataTableRow : IEnumerable<KeyValuePair<string, string>>
{
    private readonly Table _table;
    private readonly string[] _cells;

    internal DataTableRow(Table table, string[] cells)
    {
        _table = table;
        _cells = cells;
    }

    public int Count => _cells.Length;

    public ICollection<string> Keys => _table.Header;

    public ICollection<string> Values => _cells;

    /// <exception cref="ArgumentException">No such column; the message shows the table.</exception>
    public string this[string header]
    {
        get => _cells[_table.IndexOf(header)];
        set => _cells[_table.IndexOf(header)] = value;
    }

    public string this[int index] => _cells[index];

    public bool ContainsKey(string key) => _table.ContainsColumn(key);

    public bool TryGetValue(string key, out string? value)
    {
        value = ContainsKey(key) ? this[key] : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        _table.Header.Zip(_cells, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
