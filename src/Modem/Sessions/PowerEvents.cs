using AirHil.Modem.Messages;

namespace AirHil.Modem.Sessions;

/// <summary>The supply, resets and starts.</summary>
public abstract record PowerEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Power;
}

/// <summary>The rig switches a supply on.</summary>
public sealed record PowerApplied(TimeSpan At) : PowerEvent(At), IActEvent;

/// <summary>The rig switches a supply off.</summary>
public sealed record PowerCut(TimeSpan At) : PowerEvent(At), IActEvent;

/// <summary>The rig pulls the reset line.</summary>
public sealed record ResetPulled(TimeSpan At) : PowerEvent(At), IActEvent;

/// <summary>The modem reports a start.</summary>
/// <param name="Reason">As the modem reports it; Unknown where it cannot tell.</param>
/// <param name="Cause">
/// Why it started again, in words, by the report or by what was seen before it; "" where the supply came on, which is
/// no restart.
/// </param>
public sealed record ModemStarted(TimeSpan At, StartReason Reason, string Cause) : PowerEvent(At);

/// <summary>The rig plugs USB in, or pulls it out.</summary>
public sealed record UsbPlugged(TimeSpan At, bool IsIn) : PowerEvent(At), IActEvent;

/// <summary>The rig fills the module's file system.</summary>
public sealed record DiskFilled(TimeSpan At, int KilobytesLeft) : PowerEvent(At), IActEvent;

/// <summary>Blocks of the module's file system wear out.</summary>
public sealed record DiskWorn(TimeSpan At, int Blocks) : PowerEvent(At), IActEvent;

/// <summary>The rig puts a file or a key of fskv into the module's flash, or removes it.</summary>
/// <param name="IsKey">A key; else a file.</param>
/// <param name="Name">The key, or the file's path.</param>
/// <param name="IsGone">It is removed.</param>
/// <param name="Bytes">The file's, or the key's value as JSON.</param>
public sealed record StoredPut(TimeSpan At, bool IsKey, string Name, bool IsGone, ReadOnlyMemory<byte> Bytes)
    : PowerEvent(At, Bytes), IActEvent;

/// <summary>The rig watches a file or a key of fskv from now on.</summary>
/// <inheritdoc cref="StoredPut"/>
public sealed record StoredWatched(TimeSpan At, bool IsKey, string Name) : PowerEvent(At), IActEvent;

/// <summary>What is in the module's flash under a name that the rig watches, at first and at each change.</summary>
/// <param name="IsKey">A key of fskv; else a file.</param>
/// <param name="Name">The key, or the file's path.</param>
/// <param name="IsGone">There is none.</param>
/// <param name="Bytes">The file's, or the key's value as JSON.</param>
public sealed record StoredSeen(TimeSpan At, bool IsKey, string Name, bool IsGone, ReadOnlyMemory<byte> Bytes)
    : PowerEvent(At, Bytes);

/// <summary>The rig watches the open files, or the writes to flash, from now on.</summary>
public sealed record StorageWatched(TimeSpan At, StorageWatch What) : PowerEvent(At), IActEvent;

/// <summary>How many files a script has open, where the rig watches that.</summary>
public sealed record FilesOpen(TimeSpan At, int Count) : PowerEvent(At);

/// <summary>The module begins to write to flash, where the rig watches that.</summary>
/// <param name="Took">The time until the flash has it whole.</param>
public sealed record FlashWritten(TimeSpan At, TimeSpan Took) : PowerEvent(At);

/// <summary>The rig puts the module into flight mode, or takes it out.</summary>
public sealed record FlightModeSet(TimeSpan At, bool IsOn) : PowerEvent(At), IActEvent;

/// <summary>The module enters flight mode, or leaves it.</summary>
public sealed record FlightModeChanged(TimeSpan At, bool IsOn) : PowerEvent(At);

/// <summary>The rig puts another SIM card in, or takes it out.</summary>
/// <param name="Card">Null: it is out.</param>
public sealed record SimChanged(TimeSpan At, SimCard? Card) : PowerEvent(At), IActEvent;

/// <summary>The rig gives the module another number of its own.</summary>
public sealed record ModuleLabelled(TimeSpan At, ModuleLabel Label) : PowerEvent(At), IActEvent;

/// <summary>The modem falls asleep, or wakes up.</summary>
public sealed record SleepChanged(TimeSpan At, SleepMode Mode) : PowerEvent(At);

/// <summary>The script has asked for sleep and waits, but the module stays awake.</summary>
public sealed record KeptAwake(TimeSpan At, WakeVote By) : PowerEvent(At);

/// <summary>The modem reports that its supply is off.</summary>
public sealed record ModemStopped(TimeSpan At) : PowerEvent(At);

/// <summary>The modem itself is gone: unplugged, or its connection lost.</summary>
/// <param name="Reason">In words.</param>
public sealed record ModemGone(TimeSpan At, string Reason) : PowerEvent(At);
