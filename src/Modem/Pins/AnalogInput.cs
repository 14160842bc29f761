namespace AirHil.Modem.Pins;

/// <summary>What the module can measure (hardware reference §3).</summary>
public enum AnalogInput
{
    /// <summary>The pin ADC0, in volts.</summary>
    Adc0,

    /// <summary>The pin ADC1, in volts.</summary>
    Adc1,

    /// <summary>The supply VBAT, in volts.</summary>
    Supply,

    /// <summary>The temperature of the chip, in °C.</summary>
    Temperature,
}
