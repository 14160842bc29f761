namespace AirHil.Rig.Tests.Golden;

/// <summary>
/// The test rows of the hardware reference on the whole rig, each by its section and its number. Sections 9, 15 and 16
/// do not number theirs; they are counted in their order. Where the C source says something else than the row, the
/// source is right: 8.12 (the mode is 0 at first), 14.7 (the mount has no function that would log).
/// </summary>
public sealed class HardwareRowTests
{
    private static readonly ReferenceRows Rows =
        new([.. PinRows.All, .. BusRows.All, .. PowerRows.All, .. RadioRows.All, .. StorageRows.All]);

    /// <summary>The rows of the reference: section, and how many.</summary>
    private static readonly SortedDictionary<string, int> Reference = new(StringComparer.Ordinal)
    {
        ["2."] = 12,
        ["3."] = 8,
        ["4."] = 7,
        ["5."] = 9,
        ["6."] = 7,
        ["7."] = 6,
        ["8."] = 12,
        ["9."] = 6,
        ["10."] = 12,
        ["11."] = 11,
        ["12."] = 11,
        ["13."] = 12,
        ["14."] = 12,
        ["15."] = 9,
        ["16."] = 3,
    };

    /// <summary>Rows that are not here, and why.</summary>
    private static readonly SortedDictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["7.1"] = "scenario 1 of features/rs485.feature",
        ["7.2"] = "scenario 2 of features/rs485.feature",
        ["7.3"] = "scenario 2 of features/rs485.feature",
        ["16.3"] = "it needs a peer: scenario 3 of features/one-wire.feature",
    };

    public static TheoryData<string> Ids => [.. Rows.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public Task The_row_holds(string row) => Rows.Check(row);

    [Fact]
    public void Each_row_of_the_reference_is_here_or_has_its_reason() => Rows.ShouldBeWhole(Reference, Elsewhere);
}
