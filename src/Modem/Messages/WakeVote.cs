namespace AirHil.Modem.Messages;

/// <summary>
/// What keeps a module awake although its script has asked for sleep and waits (hardware reference §8.5).
/// </summary>
public enum WakeVote
{
    /// <summary>USB is plugged in, and the script has not forced the sleep.</summary>
    Usb,

    /// <summary>Bytes are on a serial line, or were lost a short time ago because the module slept.</summary>
    Uart,

    /// <summary>The radio is busy: it looks for a cell, registers, or has a connection.</summary>
    Radio,

    /// <summary>The power key is pressed.</summary>
    Key,
}
