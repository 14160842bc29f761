namespace AirHil.Reports.Waves;

/// <summary>What a signal of a dump can be.</summary>
internal enum SignalKind
{
    /// <summary>0 or 1; 0 at first.</summary>
    Wire,

    /// <summary>A serial line: 1 where nothing is sent.</summary>
    Line,

    /// <summary>Eight wires that make a byte; between bytes they are z.</summary>
    Byte,

    /// <summary>A number.</summary>
    Real,

    /// <summary>A moment without a length.</summary>
    Event,
}
