using AirHil.Modem.Units;

namespace AirHil.Modem.Air;

/// <summary>A cell as a module sees it.</summary>
/// <param name="Id">E-UTRAN cell identity; 0: that of a neighbour which the module did not read.</param>
/// <param name="TrackingArea">Tracking area code.</param>
/// <param name="Band">The number of an <see cref="LteBand"/>.</param>
/// <param name="PhysicalId">Physical cell identity.</param>
/// <param name="RsrpDbm">Power of the reference signal.</param>
/// <param name="RsrqDb">Its quality.</param>
/// <param name="SnrDb">Signal to noise.</param>
/// <param name="Channel">EARFCN, one of the band.</param>
public sealed record Cell(
    [property: Within(0, Cell.MostId)] int Id, [property: Within(0, 65_535)] int TrackingArea,
    [property: Within(1, 255)] int Band, [property: Within(0, 503)] int PhysicalId,
    [property: Within(Cell.LeastRsrpDbm, Cell.MostRsrpDbm)] int RsrpDbm,
    [property: Within(Cell.LeastRsrqDb, Cell.MostRsrqDb)] int RsrqDb,
    [property: Within(Cell.LeastSnrDb, Cell.MostSnrDb)] int SnrDb, [property: Within(0, 65_535)] int Channel)
{
    /// <summary>The greatest identity, 28 bits.</summary>
    public const int MostId = 0x0FFF_FFFF;

    public const int LeastRsrpDbm = -156;

    public const int MostRsrpDbm = -30;

    public const int LeastRsrqDb = -34;

    public const int MostRsrqDb = 3;

    public const int LeastSnrDb = -30;

    public const int MostSnrDb = 40;

    /// <summary>RSRQ where nothing else is said, in dB: an example of a place.</summary>
    public const int UsualRsrqDb = -8;

    /// <summary>Signal to noise where nothing else is said, in dB: an example of a place.</summary>
    public const int UsualSnrDb = 18;
}
