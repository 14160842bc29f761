namespace AirHil.Reports.Waves;

/// <summary>What a signal of a dump can be.</summary>
internal enum SignalKind
{
    /// <summary>0 or 1.</summary>
    Wire,

    /// <summary>8 bits; between bytes it is z.</summary>
    Byte,

    /// <summary>32 bits.</summary>
    Number,

    /// <summary>A real number.</summary>
    Real,

    /// <summary>A moment without a length.</summary>
    Event,
}
