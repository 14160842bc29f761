namespace AirHil.Modem.Pins;

/// <summary>What the rig does with a pin of the module.</summary>
public enum PinHold
{
    /// <summary>Nothing: the wire is free.</summary>
    Released,

    /// <summary>It holds the wire low.</summary>
    Low,

    /// <summary>It holds the wire high.</summary>
    High,
}
