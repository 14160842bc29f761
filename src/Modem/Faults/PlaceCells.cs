using AirHil.Modem.Air;

namespace AirHil.Modem.Faults;

/// <summary>The module sees these cells, and is served by the first one.</summary>
public sealed record PlaceCells(CellList Cells) : RadioFault
{
    internal override string Words => $"cells {Cells}";
}
