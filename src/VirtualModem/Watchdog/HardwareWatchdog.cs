using AirHil.VirtualModem.Clock;
using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Watchdog;

/// <summary>
/// The chip's watchdog (reference §7.1): the first expiry raises an interrupt, the second resets, so the reset comes
/// two timeouts after the last feed. The idle task feeds it, so it bites only while the Lua task keeps the CPU busy.
/// </summary>
internal sealed class HardwareWatchdog
{
    private readonly ModemParameters _parameters;
    private readonly Action _bite;
    private readonly Alarm _reset;
    private TimeSpan _lastFeed;
    private bool _busy;

    public HardwareWatchdog(AlarmQueue alarms, ModemParameters parameters, Action bite)
    {
        _parameters = parameters;
        _bite = bite;
        _reset = new Alarm(alarms, () => _bite());
        Timeout = parameters.WatchdogTimeout;
    }

    public TimeSpan Timeout { get; private set; }

    /// <summary>How long it would take to reset the chip without another feed.</summary>
    public TimeSpan Left(TimeSpan now)
    {
        var left = _busy ? _lastFeed + (2 * Timeout) - now : 2 * Timeout;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private const int LeastSince1113 = 20;

    /// <summary>From V1113 on, what is longer are milliseconds.</summary>
    private const int MostSecondsSince1113 = 1000;

    /// <summary>wdt.init: whole seconds in the firmware's range, or nothing changes.</summary>
    public bool Init(long seconds, TimeSpan now)
    {
        var least = _parameters.WatchdogMinSeconds;
        if (FirmwareChange.LongWatchdog.IsIn(_parameters))
        {
            least = Math.Max(LeastSince1113, least);
            if (seconds > MostSecondsSince1113) seconds /= MostSecondsSince1113;
        }

        if (seconds < least || seconds > _parameters.WatchdogMaxSeconds) return false;
        Timeout = TimeSpan.FromSeconds(seconds);
        Feed(now);
        return true;
    }

    public void Feed(TimeSpan now)
    {
        _lastFeed = now;
        if (_reset.IsSet) _reset.Set(_lastFeed + (2 * Timeout));
    }

    /// <summary>The Lua task took the CPU; until then the idle task has fed.</summary>
    public void CpuTaken(TimeSpan now)
    {
        if (_busy) return;
        _busy = true;
        _lastFeed = now;
    }

    /// <summary>The Lua task keeps the CPU beyond one slice: from now on the deadline counts.</summary>
    public void CpuKept()
    {
        if (_busy && !_reset.IsSet) _reset.Set(_lastFeed + (2 * Timeout));
    }

    /// <summary>The Lua task waits; the idle task feeds.</summary>
    public void CpuReleased()
    {
        _busy = false;
        _reset.Cancel();
    }
}
