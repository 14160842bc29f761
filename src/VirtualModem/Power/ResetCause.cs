namespace AirHil.VirtualModem.Power;

/// <summary>Why the module started, with the numbers of <c>pm.lastReson()</c>'s third value (reference §7.2).</summary>
internal enum ResetCause
{
    PowerKey = 0,
    Software = 3,
    ResetKey = 5,
    Exception = 6,
    Watchdog = 8,

    /// <summary>Out of a sleep that has ended the script; the third value is 0 then (I).</summary>
    WakeUp = 256,
}
