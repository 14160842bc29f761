using AirHil.Modem.Pins;

namespace AirHil.Modem.Sessions;

/// <summary>A pin of the module.</summary>
/// <param name="Pin">Its GPIO number, 0 to 35.</param>
public abstract record PinEvent(TimeSpan At, int Pin) : SessionEvent(At)
{
    public sealed override SessionLane Lane => SessionLane.Pin;
}

/// <summary>The rig or one of its peers holds a pin, or releases it.</summary>
public sealed record PinHeld(TimeSpan At, int Pin, PinHold Hold) : PinEvent(At, Pin), IActEvent
{
    /// <inheritdoc/>
    public string Peer { get; init; } = "";
}

/// <summary>The rig changes what an analogue input sees.</summary>
/// <param name="Value">Volts, or °C.</param>
public sealed record AnalogSet(TimeSpan At, AnalogInput Input, double Value) : SessionEvent(At), IActEvent
{
    public override SessionLane Lane => SessionLane.Pin;
}

/// <summary>A timer of the module begins to pulse a pin, or pulses it in another way.</summary>
/// <param name="Hertz">1 to 13,000,000.</param>
/// <param name="Duty">Thousandths of a period that the pin is high, 1 to 999.</param>
/// <param name="Pulses">How many periods; 0: until it is changed.</param>
public sealed record PinPulsed(TimeSpan At, int Pin, long Hertz, int Duty, long Pulses) : PinEvent(At, Pin);

/// <summary>Two drive one pin, or use one pad.</summary>
/// <param name="First">Who had it: "UART 1", "I2C 0", "the module".</param>
/// <param name="Second">Who takes it, too: "gpio", "the rig".</param>
public sealed record PinShared(TimeSpan At, int Pin, string First, string Second) : PinEvent(At, Pin);

/// <summary>The module drives a pin, or makes it an input.</summary>
public sealed record PinDriven(TimeSpan At, int Pin, PinDrive Drive) : PinEvent(At, Pin);
