namespace AirHil.Modem.Air;

/// <summary>A band of LTE that the module's radio has (its data sheet), with its channels of the downlink.</summary>
/// <param name="Number">As 3GPP TS 36.101 counts bands.</param>
/// <param name="FirstChannel">EARFCN, TS 36.101, table 5.7.3-1.</param>
/// <param name="LastChannel">EARFCN, the same table.</param>
/// <param name="MiddleChannel">EARFCN of the middle of the range, TS 36.508, 4.3.1.</param>
public sealed record LteBand(int Number, int FirstChannel, int LastChannel, int MiddleChannel)
{
    private const int FirstTdd = 33;

    /// <summary>All bands of the module, in the order of their numbers.</summary>
    public static IReadOnlyList<LteBand> All { get; } =
    [
        new(1, 0, 599, 300), new(3, 1200, 1949, 1575), new(5, 2400, 2649, 2525), new(8, 3450, 3799, 3625),
        new(34, 36_200, 36_349, 36_275), new(38, 37_750, 38_249, 38_000), new(39, 38_250, 38_649, 38_450),
        new(40, 38_650, 39_649, 39_150), new(41, 39_650, 41_589, 40_620),
    ];

    /// <summary>Both directions share the frequencies of the band of this number.</summary>
    public static bool IsTdd(int number) => number >= FirstTdd;

    /// <exception cref="FormatException">The module has no such band.</exception>
    public static LteBand Of(int number) => All.FirstOrDefault(band => band.Number == number)
        ?? throw new FormatException(
            $"the module has no band {number}; it has {string.Join(", ", All.Select(band => band.Number))}");
}
