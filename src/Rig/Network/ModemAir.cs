using AirHil.Modem.Air;
using AirHil.Modem.Sessions;

namespace AirHil.Rig.Network;

/// <summary>What a network knows of one modem.</summary>
/// <param name="modem">Its id in the run.</param>
public sealed class ModemAir(string modem)
{
    public string Modem { get; } = modem;

    public bool IsRadioOn { get; internal set; }

    /// <summary>A usable cell is there; what the modem was told last.</summary>
    public bool IsCovered { get; internal set; } = true;

    /// <summary>What the modem meets at its cell; what it was told last.</summary>
    public CellConditions Conditions { get; internal set; } = CellConditions.Usual;

    /// <summary>The modem has registered.</summary>
    public bool IsRegistered { get; internal set; }

    /// <summary>Text messages for the modem that were not delivered yet.</summary>
    internal Queue<SmsDelivered> Waiting { get; } = new();

    /// <summary>Counts the modem's starts: what was on its way to an earlier one does not arrive.</summary>
    public int Life { get; internal set; }
}
