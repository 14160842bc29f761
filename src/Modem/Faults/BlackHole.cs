namespace AirHil.Modem.Faults;

/// <summary>
/// Nothing passes either way, and neither end gets an error: silent radio loss (reference §3.8). DNS vanishes too.
/// </summary>
public sealed record BlackHole : NetworkFault
{
    internal override string Words => "black hole";
}
