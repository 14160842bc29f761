using AirHil.Modem.Units;

namespace AirHil.Modem.Air;

/// <summary>
/// The cells that a module sees, the serving one first, as the words of a phrase:
/// "192756611,18511,39,387,-75 192756612,18511,3,12,-95,-12,4,1650". Lists of the same words are equal.
/// </summary>
public sealed record CellList
{
    /// <summary>What the driver has room for beside the serving cell (S:interface/include/luat_mobile.h).</summary>
    public const int MostNeighbours = 9;

    private const int LeastParts = 5;

    private CellList(IReadOnlyList<Cell> cells, string text) => (Cells, Text) = (cells, text);

    /// <summary>One to ten.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>What <see cref="Parse"/> reads back.</summary>
    public string Text { get; }

    /// <summary>Reads cells as CID,TAC,BAND,PCI,RSRP[,RSRQ[,SNR[,EARFCN]]] with spaces between them.</summary>
    /// <exception cref="FormatException">A value is missing or out of range, or there are too many cells.</exception>
    public static CellList Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var cells = words.Select((word, at) => Read(word, isServing: at == 0)).ToArray();
        if (cells.Length is 0 or > MostNeighbours + 1)
        {
            throw new FormatException(
                $"1 to {MostNeighbours + 1} cells are expected, the serving one first; got {cells.Length}");
        }

        var twice = cells.Where(cell => cell.Id != 0).GroupBy(cell => cell.Id).FirstOrDefault(all => all.Count() > 1);
        return twice is null
            ? new CellList(cells, string.Join(' ', words.Select(word => word.TrimEnd(','))))
            : throw new FormatException($"the cell {twice.Key} is there twice");
    }

    public bool Equals(CellList? other) => other is not null && Text == other.Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static Cell Read(string word, bool isServing)
    {
        var parts = word.Split(',');
        if (parts.Length is < LeastParts or > LeastParts + 3)
        {
            throw new FormatException(
                $"a cell is written as CID,TAC,BAND,PCI,RSRP[,RSRQ[,SNR[,EARFCN]]], got: {word}");
        }

        var band = LteBand.Of(Number(parts, 2, 0, 255, "a band"));
        return new Cell(
            Number(parts, 0, isServing ? 1 : 0, Cell.MostId, isServing ? "a cell identity (cid)" : "a cid, or 0"),
            Number(parts, 1, 0, 65_535, "a tracking area (tac)"), band.Number,
            Number(parts, 3, 0, 503, "a physical cell identity (pci)"),
            Number(parts, 4, Cell.LeastRsrpDbm, Cell.MostRsrpDbm, "an RSRP"),
            Number(parts, 5, Cell.LeastRsrqDb, Cell.MostRsrqDb, "an RSRQ", Cell.UsualRsrqDb),
            Number(parts, 6, Cell.LeastSnrDb, Cell.MostSnrDb, "an SNR", Cell.UsualSnrDb),
            Number(
                parts, 7, band.FirstChannel, band.LastChannel, $"a channel (earfcn) of band {band.Number}",
                band.MiddleChannel));
    }

    private static int Number(string[] parts, int at, int least, int most, string what, int? usual = null) =>
        usual is { } known && (at >= parts.Length || parts[at].Length == 0)
            ? known
            : PhraseWords.Signed(parts[at], least, most, what);
}
