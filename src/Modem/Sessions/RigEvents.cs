using AirHil.Modem.Faults;
using AirHil.Modem.Messages;

namespace AirHil.Modem.Sessions;

/// <summary>What the rig itself did or noticed.</summary>
public abstract record RigEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Rig;
}

/// <summary>What a model tells its developer and no bench would show.</summary>
/// <param name="Notice">A sentence.</param>
public sealed record ModemNoticed(TimeSpan At, string Notice) : RigEvent(At);

/// <summary>The script called a function that the model does not have.</summary>
/// <param name="Function">As the script called it: "gpio.setup", "pm.request(pm.LIGHT)".</param>
/// <param name="Place">The line of the script: "main.lua:9"; "" where it is not known.</param>
/// <param name="Count">How often it was called from there since the module's start.</param>
/// <param name="IsStubbed">It is a stub: no error was raised, and the script got what a table says.</param>
public sealed record ModemNotModelled(
    TimeSpan At, string Function, string Place, int Count, bool IsStubbed = false) : RigEvent(At);

/// <summary>A command came in a state in which it means nothing.</summary>
/// <param name="Command">What it was, as the kind of the event that it would have been.</param>
/// <param name="Why">The state, in words.</param>
public sealed record CommandIgnored(TimeSpan At, string Command, string Why) : RigEvent(At);

/// <summary>A fault begins. The modem is the one whose link it acts on, "" for all.</summary>
public sealed record FaultBegan(TimeSpan At, Fault Fault) : RigEvent(At), IActEvent;

/// <summary>A fault ends. The modem is the one whose link it acted on, "" for all.</summary>
/// <param name="Place">Which of the faults of equal value, in the order in which they began, from 0; null: the first.
/// </param>
public sealed record FaultEnded(TimeSpan At, Fault Fault, int? Place = null) : RigEvent(At), IActEvent;

/// <summary>The rig makes the service send a message.</summary>
/// <param name="Url">The endpoint's; "" for all endpoints.</param>
/// <param name="IsText">Whether the bytes are sent as a text.</param>
public sealed record ServicePushed(TimeSpan At, string Url, bool IsText, ReadOnlyMemory<byte> Bytes)
    : RigEvent(At, Bytes), IActEvent;

/// <summary>The rig makes the service ping.</summary>
/// <param name="Url">The endpoint's; "" for all endpoints.</param>
public sealed record ServicePinged(TimeSpan At, string Url, ReadOnlyMemory<byte> Bytes)
    : RigEvent(At, Bytes), IActEvent;

/// <summary>A named place in the session.</summary>
public sealed record Marked(TimeSpan At, string Name) : RigEvent(At);

/// <summary>The state inside the module (heap, CPU, watchdog); it is no event.</summary>
public sealed record VitalsSampled(TimeSpan At, ModemReport.Vitals Vitals) : SessionEvent(At)
{
    public override SessionLane Lane => SessionLane.Vitals;
}
