using System.Text;

namespace Reqnroll;

/// <summary>What <see cref="DataTable"/> is made of; the name that older bindings use.</summary>
public class Table
{
    private readonly string[] _header;

    /// <exception cref="ArgumentException">The header is empty.</exception>
    public Table(params string[] header)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (header.Length == 0) throw new ArgumentException("A table needs at least one column.", nameof(header));
        _header = [.. header];
    }

    public ICollection<string> Header => _header;

    public DataTableRows Rows { get; } = new();

    public int RowCount => Rows.Count;

    public bool ContainsColumn(string column) => Array.IndexOf(_header, column) >= 0;

    /// <exception cref="ArgumentException">The number of cells is not that of the columns.</exception>
    public void AddRow(params string[] cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (cells.Length != _header.Length)
        {
            throw new ArgumentException(
                $"A row of {cells.Length} cells does not fit {_header.Length} columns:\n{this}", nameof(cells));
        }

        Rows.Add(new DataTableRow(this, [.. cells]));
    }

    public override string ToString()
    {
        string[][] lines = [_header, .. Rows.Select(row => row.Values.ToArray())];
        var widths = _header.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.Append('|')
                .AppendJoin('|', line.Select((cell, column) => $" {cell.PadRight(widths[column])} "))
                .Append("|\n");
        }

        return text.ToString();
    }

    internal int IndexOf(string column)
    {
        var index = Array.IndexOf(_header, column);
        return index >= 0
            ? index
            : throw new ArgumentException($"The table has no column '{column}':\n{this}", nameof(column));
    }
}
