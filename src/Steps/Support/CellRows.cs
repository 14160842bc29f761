using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using Reqnroll;

namespace AirHil.Steps.Support;

/// <summary>Cells as a step's table describes them.</summary>
internal static class CellRows
{
    private static readonly string[] Needed = ["cid", "tac", "band", "pci", "rsrp"];
    private static readonly string[] Optional = ["rsrq", "snr", "earfcn"];

    /// <exception cref="FormatException">The table has other columns, or a cell is wrong.</exception>
    public static PlaceCells Table(DataTable table)
    {
        var known = Needed.Concat(Optional).ToArray();
        if (Needed.FirstOrDefault(column => !table.Header.Contains(column)) is { } missing)
        {
            throw new FormatException(
                $"the table needs the column '{missing}'; it can have: {string.Join(", ", known)}");
        }

        if (table.Header.FirstOrDefault(column => !known.Contains(column)) is { } other)
        {
            throw new FormatException($"'{other}' is no column of cells; there are: {string.Join(", ", known)}");
        }

        return new PlaceCells(CellList.Parse(string.Join(' ', table.Rows.Select(row => Word(row, known)))));
    }

    /// <summary>Empty places stand for what is usual.</summary>
    private static string Word(DataTableRow row, string[] columns) => string.Join(
        ',', columns.Select(column => row.TryGetValue(column, out var value) ? value.Trim() : ""));
}
