using AirHil.Modem.Units;
using Reqnroll;

namespace AirHil.Steps.Drivers;

/// <summary>What a step's table gives to a script of a peer or a service.</summary>
internal static class PeerParameters
{
    /// <exception cref="FormatException">The table has other columns.</exception>
    public static KeyValuePair<string, string>[] Of(DataTable table) =>
        table.Header.SequenceEqual(["parameter", "value"])
            ? [.. table.Rows.Select(row => KeyValuePair.Create(row[0], Escapes.ToText(row[1])))]
            : throw new FormatException(
                "parameters are a table with the columns 'parameter' and 'value', not " +
                string.Join(", ", table.Header));
}
