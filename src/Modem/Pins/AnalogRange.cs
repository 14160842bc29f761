namespace AirHil.Modem.Pins;

/// <summary>What a rig may put on an <see cref="AnalogInput"/>: volts, or °C.</summary>
public static class AnalogRange
{
    public const double Least = -60;

    public const double Most = 150;
}
