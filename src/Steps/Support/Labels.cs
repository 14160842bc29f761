using AirHil.Modem.Messages;
using AirHil.Modem.ShortMessages;
using Reqnroll;

namespace AirHil.Steps.Support;

/// <summary>Reads tables with the columns `field` and `value`: the numbers of a module, or of a SIM card.</summary>
internal static class Labels
{
    private static readonly (string Field, ModuleNumber Number)[] OfModule =
    [
        ("IMEI", ModuleNumber.Imei), ("serial number", ModuleNumber.SerialNumber), ("MUID", ModuleNumber.Muid),
        ("unique id", ModuleNumber.UniqueId),
    ];

    private static readonly (string Field, Func<SimCard, string, SimCard> Put)[] OfCard =
    [
        ("IMSI", (card, text) => card with { Imsi = SimCard.CheckedImsi(text) }),
        ("ICCID", (card, text) => card with { Iccid = SimCard.CheckedIccid(text) }),
        ("number", (card, text) => card with { Number = PhoneNumber.Checked(text) }),
        ("PIN", (card, text) => card with { Pin = SimCard.CheckedPin(text) }),
    ];

    /// <exception cref="FormatException">The table is none of these numbers.</exception>
    public static IReadOnlyList<ModuleLabel> Module(DataTable table) =>
        [.. Rows(table, OfModule).Select(row => ModuleLabel.Checked(row.Kind, row.Value))];

    /// <exception cref="FormatException">The table is none of these fields.</exception>
    public static SimCard Card(DataTable table) =>
        Rows(table, OfCard).Aggregate(new SimCard(), (card, row) => row.Kind(card, row.Value));

    private static List<(T Kind, string Value)> Rows<T>(DataTable table, (string Field, T Kind)[] kinds)
    {
        if (!table.Header.SequenceEqual(["field", "value"]))
        {
            throw new FormatException("the table needs the columns 'field' and 'value'");
        }

        if (table.Rows.GroupBy(row => row["field"]).FirstOrDefault(rows => rows.Count() > 1) is { } twice)
        {
            throw new FormatException($"the field '{twice.Key}' comes twice");
        }

        return [.. table.Rows.Select(row => (KindOf(row["field"], kinds), row["value"]))];
    }

    private static T KindOf<T>(string field, (string Field, T Kind)[] kinds)
    {
        var at = Array.FindIndex(kinds, kind => kind.Field == field);
        return at >= 0 ? kinds[at].Kind : throw new FormatException(
            $"'{field}' is no field; there are: {string.Join(", ", kinds.Select(kind => kind.Field))}");
    }
}
