using AirHil.Modem.Units;

namespace AirHil.Modem.Pins;

/// <summary>What a wire of the rig to a pin of the module can do.</summary>
/// <param name="Pin">The GPIO number.</param>
/// <param name="IsSeen">The rig sees the pin's level while it does not hold it.</param>
/// <param name="HoldsLow">The rig can hold it low, and release it.</param>
/// <param name="HoldsHigh">The rig can hold it high, and release it.</param>
public sealed record PinWire(
    [property: Within(0, ModulePin.Count - 1)] int Pin, bool IsSeen, bool HoldsLow, bool HoldsHigh)
{
    /// <summary>Whether the rig can do this with the pin.</summary>
    public bool Can(PinHold hold) => hold switch
    {
        PinHold.Low => HoldsLow,
        PinHold.High => HoldsHigh,
        _ => HoldsLow || HoldsHigh,
    };
}
