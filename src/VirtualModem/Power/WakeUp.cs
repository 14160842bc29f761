using AirHil.Modem.Messages;

namespace AirHil.VirtualModem.Power;

/// <summary>Where a wake-up came from, with the numbers of <c>pm.lastReson()</c>'s first value.</summary>
internal enum WakeSource
{
    Timer = 1,
    Pad = 2,
    Uart = 3,
    PowerKey = 5,
}

/// <summary>Why a module starts again after a sleep that has ended its script (hardware reference §8.2).</summary>
/// <param name="From">The sleep: <see cref="SleepMode.Deep"/> or <see cref="SleepMode.Hibernate"/>.</param>
/// <param name="Number">Of the timer or the pin; else 0.</param>
internal sealed record WakeUp(SleepMode From, WakeSource Source, int Number)
{
    /// <summary>The second value of pm.lastReson().</summary>
    public int StateNumber => From == SleepMode.Deep ? 3 : 4;

    /// <summary>
    /// The boot line (S:project/luatos/src/luat_pm_ec618.c): every source beyond the timers reads IO.
    /// </summary>
    public string Line => $"poweron: Wakup {(From == SleepMode.Deep ? "Sleep2" : "Hib")} by " +
        (Source == WakeSource.Timer ? $"RTC {Number}" : $"IO {byte.MaxValue}");

    /// <summary>In words.</summary>
    public override string ToString() => Source switch
    {
        WakeSource.Timer => $"timer {Number}",
        WakeSource.Pad => $"pin {Number}",
        WakeSource.Uart => "UART 1",
        _ => "the power key",
    };
}
