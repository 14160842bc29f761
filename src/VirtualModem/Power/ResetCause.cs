namespace AirHil.VirtualModem.Power;

/// <summary>Why the module started, with the numbers of <c>pm.lastReson()</c>'s third value (reference §7.2).</summary>
internal enum ResetCause
{
    PowerKey = 0,
    Software = 3,
    ResetKey = 5,
    Exception = 6,
    Watchdog = 8,
}
