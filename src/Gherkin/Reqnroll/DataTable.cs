using System.Collections;
using System.Text;

namespace Reqnroll;

/// <summary>The table under a step; its first line is the header.</summary>
public class DataTable
{
    private readonly string[] header;

    /// <exception cref="ArgumentException">The header is empty.</exception>
    public DataTable(params string[] header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Length == 0) throw new ArgumentException("A table needs at least one column.", nameof(header));
        this.header = [.. header];
    }

    public ICollection<string> Header => header;

    public DataTableRows Rows { get; } = new();

    public int RowCount => Rows.Count;

    public bool ContainsColumn(string column) => Array.IndexOf(header, column) >= 0;

    /// <exception cref="ArgumentException">The number of cells is not that of the columns.</exception>
    public void AddRow(params string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != header.Length)
            throw new ArgumentException(
                $"A row of {cells.Length} cells does not fit {header.Length} columns:\n{this}", nameof(cells));
        Rows.Add(new DataTableRow(this, [.. cells]));
    }

    public override string ToString()
    {
        string[][] lines = [header, .. Rows.Select(row => row.Values.ToArray())];
        var widths = header.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append('|')
                .AppendJoin('|', line.Select((cell, column) => $" {cell.PadRight(widths[column])} "))
                .Append("|\n");
        return text.ToString();
    }

    internal int IndexOf(string column)
    {
        var index = Array.IndexOf(header, column);
        return index >= 0
            ? index
            : throw new ArgumentException($"The table has no column '{column}':\n{this}", nameof(column));
    }
}

/// <summary>The rows of a <see cref="DataTable"/>, header not counted.</summary>
public class DataTableRows : IEnumerable<DataTableRow>
{
    private readonly List<DataTableRow> rows = [];

    internal DataTableRows()
    {
    }

    public int Count => rows.Count;

    public DataTableRow this[int index] => rows[index];

    public IEnumerator<DataTableRow> GetEnumerator() => rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal void Add(DataTableRow row) => rows.Add(row);
}

/// <summary>One row: cells by column name and by index.</summary>
public class DataTableRow : IEnumerable<KeyValuePair<string, string>>
{
    private readonly DataTable table;
    private readonly string[] cells;

    internal DataTableRow(DataTable table, string[] cells)
    {
        this.table = table;
        this.cells = cells;
    }

    public int Count => cells.Length;

    public ICollection<string> Keys => table.Header;

    public ICollection<string> Values => cells;

    /// <exception cref="ArgumentException">No such column; the message shows the table.</exception>
    public string this[string header]
    {
        get => cells[table.IndexOf(header)];
        set => cells[table.IndexOf(header)] = value;
    }

    public string this[int index] => cells[index];

    public bool ContainsKey(string key) => table.ContainsColumn(key);

    public bool TryGetValue(string key, out string? value)
    {
        value = ContainsKey(key) ? this[key] : null;
        return value is not null;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() =>
        table.Header.Zip(cells, KeyValuePair.Create).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
