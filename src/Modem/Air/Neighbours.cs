using AirHil.Modem.Units;

namespace AirHil.Modem.Air;

/// <summary>Cells beside the serving one; of the same cells in the same order they are equal.</summary>
public sealed record Neighbours([property: Within(0, CellList.MostNeighbours)] IReadOnlyList<Cell> Cells)
{
    public static Neighbours None { get; } = new([]);

    public bool Equals(Neighbours? other) => other is not null && Cells.SequenceEqual(other.Cells);

    public override int GetHashCode() => Cells.Count;
}
