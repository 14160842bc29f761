namespace AirHil.Live.Network;

/// <summary>What the network knows of one modem.</summary>
internal sealed class LiveAir(string modem, bool isBoard)
{
    public string Modem { get; } = modem;

    /// <summary>Its air is the real one; only its coverage is ordered from here.</summary>
    public bool IsBoard { get; } = isBoard;

    public bool IsRadioOn { get; set; } = isBoard;

    /// <summary>A usable cell is there; what the modem was told last.</summary>
    public bool IsCovered { get; set; } = true;

    /// <summary>Counts the modem's starts: what was on its way to an earlier one does not arrive.</summary>
    public int Life { get; set; }

    /// <summary>Names that are being resolved for it.</summary>
    public int Queries { get; set; }
}
