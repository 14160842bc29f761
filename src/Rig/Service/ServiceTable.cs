using System.Globalization;
using System.Text;
using AirHil.Modem.Units;

namespace AirHil.Rig.Service;

/// <summary>What a feature's table says of a service: one form for all protocols, each with its own columns.</summary>
/// <param name="Noun">What the rows are, such as "routes" or "users".</param>
/// <param name="Rows">As many cells as there are columns; a cell with nothing in it counts as left out.</param>
public sealed record ServiceTable(
    string Noun, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The rows, after a look at the columns.</summary>
    /// <param name="needed">Columns that must be there.</param>
    /// <param name="known">Columns that may be there.</param>
    /// <exception cref="FormatException">A column is missing, or is none of these.</exception>
    internal IEnumerable<Row> Read(string[] needed, string[] known)
    {
        foreach (var name in needed.Where(n => !Columns.Contains(n)))
        {
            throw new FormatException($"the table of {Noun} has no column '{name}'; needed are {List(needed)}");
        }

        foreach (var column in Columns.Where(c => !needed.Contains(c) && !known.Contains(c)))
        {
            throw new FormatException(
                $"the table of {Noun} has a column '{column}' that is not known; known are " +
                List([.. needed, .. known]));
        }

        return Rows.Select((cells, place) => new Row(this, cells, place + 1));
    }

    private static string List(string[] names) => string.Join(", ", names);

    /// <summary>One row.</summary>
    internal sealed class Row(ServiceTable table, IReadOnlyList<string> cells, int number)
    {
        /// <summary>A cell; null where it is empty or its column is not there.</summary>
        public string? Find(string column)
        {
            for (var i = 0; i < table.Columns.Count; i++)
            {
                if (table.Columns[i] == column && cells[i].Length > 0) return cells[i];
            }

            return null;
        }

        /// <summary>A cell with its escapes resolved; nothing where it is empty.</summary>
        public byte[] Bytes(string column) => Find(column) is { } text ? Escapes.ToBytes(text) : [];

        /// <inheritdoc cref="Bytes"/>
        public string Text(string column) => Find(column) is { } text ? Escapes.ToText(text) : "";

        /// <exception cref="FormatException">It is no number, or out of range.</exception>
        public int? Number(string column, int least, int most)
        {
            if (Find(column) is not { } text) return null;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most
                ? number
                : throw Wrong(column, string.Create(
                    CultureInfo.InvariantCulture, $"a number from {least} to {most} is expected"));
        }

        public TimeSpan? Duration(string column) => Find(column) is { } text ? DurationText.Parse(text) : null;

        /// <summary>
        /// What is in the column "body", or as many bytes as the column "bytes" says: digits that name their place, so
        /// that a part can be told from another.
        /// </summary>
        public byte[] Content(int most)
        {
            if (Number("bytes", 0, most) is not { } count) return Bytes("body");
            var text = new StringBuilder(count + 8);
            for (var i = 0; text.Length < count; i += 8) text.Append(CultureInfo.InvariantCulture, $"{i:D7} ");
            return Encoding.ASCII.GetBytes(text.ToString(0, count));
        }

        /// <exception cref="FormatException">It is neither "yes" nor "no".</exception>
        public bool Flag(string column, bool otherwise = false) => Find(column) switch
        {
            null => otherwise,
            "yes" => true,
            "no" => false,
            _ => throw Wrong(column, "yes or no is expected"),
        };

        public FormatException Wrong(string column, string expected) => new(
            $"the table of {table.Noun}, row {number}: '{Find(column)}' is wrong in the column '{column}'; {expected}");
    }
}
