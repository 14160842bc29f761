namespace AirHil.Modem.Pins;

/// <summary>What the module does with one of its pins.</summary>
public enum PinDrive
{
    /// <summary>It is an input without a pull.</summary>
    Input,

    /// <summary>It is an input with pull-down.</summary>
    PullDown,

    /// <summary>It is an input with pull-up.</summary>
    PullUp,

    /// <summary>The module drives it low.</summary>
    Low,

    /// <summary>The module drives it high.</summary>
    High,

    /// <summary>A timer of the module pulses it.</summary>
    Pulses,
}
