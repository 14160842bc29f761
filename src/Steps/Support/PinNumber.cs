namespace AirHil.Steps.Support;

/// <summary>A pin that a step names.</summary>
/// <param name="Number">Its GPIO number, 0 to 35.</param>
public readonly record struct PinNumber(int Number)
{
    public static implicit operator int(PinNumber pin) => pin.Number;
}
