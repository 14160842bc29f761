using AirHil.Modem.Air;
using AirHil.Modem.Faults;

namespace AirHil.Rig.Network;

/// <summary>What a modem meets at its cell while faults of the radio act.</summary>
internal static class CellsAround
{
    /// <summary>
    /// A module that moves to a cell of the list is served by that one, and the others are its neighbours. Where the
    /// list does not have the cell, it takes the place of the first one.
    /// </summary>
    public static CellConditions Conditions(ActingFaults faults, string modem)
    {
        var (signal, move) = (faults.Find<ChangeSignal>(modem), faults.Find<ChangeCell>(modem));
        var cells = faults.Find<PlaceCells>(modem)?.Cells.Cells ?? [];
        var serving = cells.FirstOrDefault(cell => cell.Id == move?.Id) ?? (cells.Count > 0 ? cells[0] : null);
        var neighbours = cells.Where(cell => !ReferenceEquals(cell, serving));
        return new CellConditions(
            signal?.RsrpDbm ?? serving?.RsrpDbm, signal?.RsrqDb ?? serving?.RsrqDb, signal?.SnrDb ?? serving?.SnrDb,
            move?.Id ?? serving?.Id, move?.TrackingArea ?? serving?.TrackingArea, faults.Has<Roam>(modem),
            faults.Find<DenyRegistration>(modem)?.Cause ?? 0,
            faults.Find<SlowRegistration>(modem)?.By ?? TimeSpan.Zero,
            faults.Find<WrongClock>(modem)?.Ahead ?? TimeSpan.Zero)
        {
            Band = serving?.Band,
            Channel = serving?.Channel,
            PhysicalId = serving?.PhysicalId,
            Neighbours = new Neighbours([.. neighbours]),
        };
    }
}
