namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// The test rows of reference-net §10, each by its number, on the whole rig. Where the C source says something else
/// than the row, the source is right: D4 (no line of an error), M15 (a table's array alone is read), N8 (nil), F10
/// (true).
/// </summary>
public sealed class NetworkRowTests
{
    private static readonly ReferenceRows Rows = new([.. SocketRows.All, .. ClientRows.All, .. LibraryRows.All]);

    /// <summary>The rows of the reference: letter, and how many.</summary>
    private static readonly SortedDictionary<string, int> Reference = new(StringComparer.Ordinal)
    {
        ["S"] = 21,
        ["K"] = 10,
        ["L"] = 13,
        ["D"] = 10,
        ["N"] = 10,
        ["M"] = 20,
        ["H"] = 21,
        ["P"] = 9,
        ["F"] = 10,
        ["X"] = 11,
    };

    /// <summary>Rows that are not here, and why.</summary>
    private static readonly SortedDictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["D6"] = "the network of the rig always brings two servers of DNS; DnsClientTests has a module without",
        ["D10"] = "a host of the rig has one address; NetworkControlTests has four",
        ["F1"] = "trace 7 of NetworkTraceTests",
        ["K3"] = "a service of the rig has no certificate; TlsSessionTests has the code, tests/Live real ones",
    };

    public static TheoryData<string> Ids => [.. Rows.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public Task The_row_holds(string row) => Rows.Check(row);

    [Fact]
    public void Each_row_of_the_reference_is_here_or_has_its_reason() => Rows.ShouldBeWhole(Reference, Elsewhere);
}
