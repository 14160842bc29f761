using AirHil.Modem;

namespace AirHil.Rig.Network;

/// <summary>What the network knows of one modem.</summary>
internal sealed class AirLink(string modem, ulong seed)
{
    public string Modem { get; } = modem;

    public bool IsRadioOn { get; set; }

    /// <summary>A usable cell is there; what the modem was told last.</summary>
    public bool IsCovered { get; set; } = true;

    /// <summary>Counts the modem's starts: what was on its way to an earlier one does not arrive.</summary>
    public int Life { get; set; }

    public AirPath Up { get; } = new(SplitMix64.For(seed, "network.up." + modem));

    public AirPath Down { get; } = new(SplitMix64.For(seed, "network.down." + modem));

    public SplitMix64 Loss { get; } = SplitMix64.For(seed, "network.loss." + modem);
}
