using AirHil.Modem.Pins;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Pins;

/// <summary>What the analogue inputs see; it belongs to the bench and outlives resets.</summary>
internal sealed class AnalogWires(ModemParameters parameters)
{
    private readonly double[] _values =
    [
        parameters.OpenInputVolts, parameters.OpenInputVolts, parameters.SupplyVolts, parameters.ChipTemperature,
    ];

    /// <summary>Volts, or °C.</summary>
    public double this[AnalogInput input]
    {
        get => _values[(int)input];
        set => _values[(int)input] = value;
    }
}
