namespace AirHil.VirtualModem.Power;

/// <summary>What the module is doing, seen from its supply.</summary>
internal enum PowerState
{
    Off,

    /// <summary>From the supply or a reset to the start of main.lua.</summary>
    Booting,

    /// <summary>The script runs.</summary>
    Running,

    /// <summary>The Lua VM has ended; radio and sockets stay up until the reset (reference §2.6).</summary>
    Exiting,

    /// <summary>The watchdog has bitten; the crash record is written.</summary>
    Crashed,

    /// <summary>In a sleep that has ended the script; only the always-on domain works.</summary>
    Asleep,

    /// <summary>
    /// Switched off by its script while the supply is on; the power key starts it (hardware reference §8.1).
    /// </summary>
    ShutDown,
}

/// <summary>What can change it.</summary>
internal enum PowerTrigger
{
    ApplyPower,
    CutPower,
    PullReset,
    ScriptStarted,
    VmExited,
    ExitDelayOver,
    RebootRequested,
    ShutdownRequested,
    WatchdogExpired,
    DumpDone,
    SleepEntered,
    WokeUp,
    KeyPressed,
}

/// <summary>The module's power states: every pair leads somewhere, is ignored on the record, or is a bug.</summary>
internal static class PowerMachine
{
    /// <summary>The state after a trigger; the same state where the trigger means nothing.</summary>
    /// <exception cref="InvalidOperationException">The pair cannot happen.</exception>
    public static PowerState Next(PowerState state, PowerTrigger trigger) => (state, trigger) switch
    {
        (PowerState.Off, PowerTrigger.ApplyPower) => PowerState.Booting,
        (_, PowerTrigger.ApplyPower) => state,
        (_, PowerTrigger.CutPower) => PowerState.Off,
        (PowerState.Off or PowerState.ShutDown, PowerTrigger.PullReset) => state,
        (_, PowerTrigger.PullReset) => PowerState.Booting,
        (PowerState.Booting, PowerTrigger.ScriptStarted) => PowerState.Running,
        (PowerState.Running, PowerTrigger.VmExited) => PowerState.Exiting,
        (PowerState.Exiting, PowerTrigger.ExitDelayOver) => PowerState.Booting,
        (PowerState.Running, PowerTrigger.RebootRequested) => PowerState.Booting,
        (PowerState.Running, PowerTrigger.ShutdownRequested) => PowerState.ShutDown,
        (PowerState.ShutDown, PowerTrigger.KeyPressed) => PowerState.Booting,
        (PowerState.Running, PowerTrigger.WatchdogExpired) => PowerState.Crashed,
        (PowerState.Running, PowerTrigger.SleepEntered) => PowerState.Asleep,
        (PowerState.Asleep, PowerTrigger.WokeUp) => PowerState.Booting,
        (PowerState.Crashed, PowerTrigger.DumpDone) => PowerState.Booting,
        _ => throw new InvalidOperationException($"Power: {trigger} cannot happen in {state}."),
    };
}
