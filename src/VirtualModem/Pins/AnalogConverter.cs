using AirHil.Modem.Pins;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Pins;

/// <summary>
/// The analogue-to-digital converter with the dividers before it (S:interface/src/luat_adc_ec618.c): a channel has the
/// divider of its last opening, and the factor of the range at the time of the reading.
/// </summary>
internal sealed class AnalogConverter(AnalogWires wires, ModemParameters parameters)
{
    /// <summary>LUAT_ADC_AIO_RANGE_3_8.</summary>
    private const int DefaultRange = 8;

    /// <summary>LUAT_ADC_VBAT_RANGE_5_3_RATIO.</summary>
    private const int SupplyDivider = 3;

    /// <summary>A divider lets so many sixteenths of the voltage through.</summary>
    private const int Whole = 16;

    private const int LargestCode = 4095;

    private readonly int[] _dividers = new int[4];
    private readonly bool[] _isOpen = new bool[4];

    /// <summary>The range of ADC0 and ADC1, a number of the firmware's enumeration.</summary>
    public int Range { get; set; } = DefaultRange;

    public void Open(AnalogInput input)
    {
        _isOpen[(int)input] = true;
        _dividers[(int)input] = input == AnalogInput.Supply ? SupplyDivider : DividerOf(Range);
    }

    public void Close(AnalogInput input) => _isOpen[(int)input] = false;

    /// <summary>One conversion.</summary>
    /// <returns>The raw code and mV, or 1/1000 °C; null: the conversion does not end, since nobody opened it.</returns>
    public (int Code, int Value)? Read(AnalogInput input)
    {
        if (!_isOpen[(int)input]) return null;
        if (input == AnalogInput.Temperature)
        {
            var degrees = (int)wires[input];
            return (degrees, degrees * 1000);
        }

        var behind = wires[input] * _dividers[(int)input] / Whole;
        var code = (int)Math.Clamp(Math.Round(behind / parameters.AdcFullScale * LargestCode), 0, LargestCode);
        var microvolts = (int)(parameters.AdcFullScale * 1e6 * code / LargestCode);
        var divider = input == AnalogInput.Supply ? SupplyDivider : DividerOf(Range);
        return (code, (int)(microvolts * ((float)Whole / divider) / 1000));
    }

    /// <summary>Ranges 1.2, 1.4, 1.6, 1.9, 2.4, 2.7, 3.2, 3.8 V and the greatest; others have no divider.</summary>
    private static int DividerOf(int range) => range switch
    {
        1 => 14,
        2 => 12,
        3 => 10,
        4 => 8,
        6 => 7,
        7 => 6,
        8 or 14 => 5,
        _ => Whole,
    };
}
