namespace AirHil.Modem.Messages;

/// <summary>
/// Why a module started, in the order of <c>pm.lastReson()</c>'s third value where it has one (reference §7.2).
/// </summary>
public enum StartReason
{
    /// <summary>The modem cannot tell.</summary>
    Unknown,

    /// <summary>The supply came on.</summary>
    Power,

    /// <summary>The reset line was pulled.</summary>
    ResetLine,

    /// <summary>The firmware or the script rebooted it: a VM exit, rtos.reboot, pm.reboot.</summary>
    Software,

    /// <summary>The watchdog bit.</summary>
    Watchdog,

    /// <summary>The firmware crashed.</summary>
    Exception,

    /// <summary>A wake-up from a sleep that restarts the script (DEEP, HIB).</summary>
    Wakeup,
}
