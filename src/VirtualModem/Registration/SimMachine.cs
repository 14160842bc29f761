namespace AirHil.VirtualModem.Registration;

internal enum SimState
{
    Off,
    Initialising,
    Ready,

    /// <summary>The holder is empty.</summary>
    Absent,

    /// <summary>The card waits for its PIN.</summary>
    PinRequired,
}

internal enum SimTrigger
{
    RadioOn,
    RadioOff,
    Initialised,
    NotInserted,
    PinAsked,
    PinVerified,
}

/// <summary>The SIM, as far as registration needs it.</summary>
internal static class SimMachine
{
    /// <exception cref="InvalidOperationException">The pair cannot happen.</exception>
    public static SimState Next(SimState state, SimTrigger trigger) => (state, trigger) switch
    {
        (SimState.Off, SimTrigger.RadioOn) => SimState.Initialising,
        (_, SimTrigger.RadioOn) => state,
        (_, SimTrigger.RadioOff) => SimState.Off,
        (SimState.Initialising, SimTrigger.Initialised) => SimState.Ready,
        (SimState.Initialising, SimTrigger.NotInserted) => SimState.Absent,
        (SimState.Initialising, SimTrigger.PinAsked) => SimState.PinRequired,
        (SimState.PinRequired, SimTrigger.PinVerified) => SimState.Ready,
        _ => throw new InvalidOperationException($"SIM: {trigger} cannot happen in {state}."),
    };
}
