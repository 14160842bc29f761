namespace AirHil.VirtualModem.Audio;

/// <summary>A pin that switches something on.</summary>
/// <param name="Number">Null: there is none.</param>
/// <param name="OnLevel">The level at which it is on.</param>
internal readonly record struct SwitchedPin(int? Number, bool OnLevel)
{
    public static readonly SwitchedPin None = new(null, true);
}
