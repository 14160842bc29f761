namespace AirHil.Modem.Sessions;

/// <summary>Where an event of a session was seen.</summary>
public enum SessionLane
{
    /// <summary>The rig's own acts: faults begun and ended, markers.</summary>
    Rig,

    /// <summary>The supply and resets.</summary>
    Power,

    /// <summary>The log port.</summary>
    Log,

    /// <summary>The serial lines.</summary>
    Uart,

    /// <summary>Radio, DNS, TCP, TLS, UDP.</summary>
    Network,

    /// <summary>What the service saw and did: requests, frames.</summary>
    Service,

    /// <summary>
    /// Samples of what only a model can measure of itself. They are only for people to look at: no hash covers
    /// them, no expectation sees them.
    /// </summary>
    Vitals,

    /// <summary>The pins.</summary>
    Pin,

    /// <summary>What scripts of peers and services say of themselves.</summary>
    Script,

    /// <summary>I2C and SPI, and the devices on them.</summary>
    Bus,
}
