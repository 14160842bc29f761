namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// The test rows of reference-net §10, each by its number, on the whole rig. Where the C source says something else
/// than the row, the source is right: M15 (a table's array alone is read), N8 (nil), F10 (true). Tests of the model
/// have D4, D10, K3, M12 and H19, for which the rig's network has no such answers.
/// </summary>
public sealed class NetworkRowTests
{
    private static readonly SortedDictionary<string, NetworkRow> Rows = new(
        SocketRows.All.Concat(ClientRows.All).ToDictionary(row => row.Id), StringComparer.Ordinal);

    public static TheoryData<string> Ids => [.. Rows.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public Task The_row_holds(string row) => Rows[row].Check();
}
