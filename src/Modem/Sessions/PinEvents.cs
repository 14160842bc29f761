using AirHil.Modem.Pins;

namespace AirHil.Modem.Sessions;

/// <summary>A pin of the module.</summary>
/// <param name="Pin">Its GPIO number, 0 to 35.</param>
public abstract record PinEvent(TimeSpan At, int Pin) : SessionEvent(At)
{
    public sealed override SessionLane Lane => SessionLane.Pin;
}

/// <summary>The rig holds a pin, or releases it.</summary>
public sealed record PinHeld(TimeSpan At, int Pin, PinHold Hold) : PinEvent(At, Pin), IActEvent;

/// <summary>The module drives a pin, or makes it an input.</summary>
public sealed record PinDriven(TimeSpan At, int Pin, PinDrive Drive) : PinEvent(At, Pin);
