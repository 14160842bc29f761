namespace AirHil.Live.Network;

/// <summary>What the network knows of one modem.</summary>
internal sealed class LiveAir(string modem)
{
    public string Modem { get; } = modem;

    public bool IsRadioOn { get; set; }

    /// <summary>A usable cell is there; what the modem was told last.</summary>
    public bool IsCovered { get; set; } = true;

    /// <summary>Counts the modem's starts: what was on its way to an earlier one does not arrive.</summary>
    public int Life { get; set; }

    /// <summary>Names that are being resolved for it.</summary>
    public int Queries { get; set; }
}
