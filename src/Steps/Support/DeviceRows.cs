using AirHil.Modem.Buses;
using AirHil.Modem.Units;
using Reqnroll;

namespace AirHil.Steps.Support;

/// <summary>A device as a step's table describes it.</summary>
internal static class DeviceRows
{
    private static readonly Dictionary<string, string> Options = new(StringComparer.OrdinalIgnoreCase)
    {
        ["address bytes"] = "address",
        ["value bytes"] = "value",
        ["auto-increment"] = "increment",
        ["read bits"] = "read",
    };

    /// <exception cref="FormatException">The table has other columns, or a cell is wrong.</exception>
    public static DeviceTable Table(DataTable table)
    {
        var sign = string.Join('|', table.Header) switch
        {
            "register|value" => ':',
            "to|answer" => '>',
            _ => throw new FormatException(
                "the columns of a device are 'register' and 'value', or 'to' and 'answer'; got: " +
                string.Join(", ", table.Header)),
        };
        return DeviceTable.Parse(string.Join(' ', table.Rows.Select(row => Word(row[0], sign, row[1]))));
    }

    /// <summary>A device with one answer.</summary>
    public static DeviceTable Answer(string to, string answer) => DeviceTable.Parse(Word(to, '>', answer));

    /// <summary>A register's address, hexadecimal with or without 0x.</summary>
    public static int Register(string text) =>
        Numerals.Parse("0x" + WithoutPrefix(text), 0xFFFF, "a register in hexadecimal");

    private static string Word(string left, char sign, string right) => Options.TryGetValue(left.Trim(), out var option)
        ? $"{option}={right.Trim()}"
        : $"{Bare(left)}{sign}{Bare(right)}";

    private static string Bare(string text) => WithoutPrefix(text).Replace(" ", "", StringComparison.Ordinal);

    private static string WithoutPrefix(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? trimmed[2..] : trimmed;
    }
}
