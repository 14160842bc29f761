using AirHil.VirtualModem.Clock;

namespace AirHil.VirtualModem.Power;

/// <summary>
/// The timers that go on in sleep, 0 to 6 (hardware reference §8.3, S:project/luatos/src/luat_pm_ec618.c). Each expires
/// once.
/// </summary>
internal sealed class DeepSleepTimers
{
    public const int Last = 6;

    private readonly Func<TimeSpan> _now;
    private readonly TimeSpan?[] _kept;
    private readonly Alarm[] _alarms;

    /// <param name="kept">When each expires; the always-on domain keeps it over a sleep.</param>
    /// <param name="newAlarm">Makes an alarm of the module's power cycle.</param>
    /// <param name="now">The run's time.</param>
    /// <param name="expired">Gets the timer's number.</param>
    public DeepSleepTimers(
        TimeSpan?[] kept, Func<Action, Alarm> newAlarm, Func<TimeSpan> now, Action<int> expired)
    {
        (_kept, _now) = (kept, now);
        _alarms = [.. Enumerable.Range(0, Last + 1).Select(id => newAlarm(() =>
        {
            _kept[id] = null;
            LastExpired = id;
            expired(id);
        }))];
        for (var id = 0; id <= Last; id++)
        {
            if (kept[id] is { } due) _alarms[id].Set(due);
        }
    }

    /// <summary>The timer that expired last; null: none since the start.</summary>
    public int? LastExpired { get; set; }

    public static bool Exists(int id) => id is >= 0 and <= Last;

    public bool IsRunning(int id) => _alarms[id].IsSet;

    /// <summary>Whole ms until it expires, rounded up; −1: it does not run.</summary>
    public int Remaining(int id) => !IsRunning(id)
        ? -1
        : (int)Math.Min(Math.Ceiling((_alarms[id].Due - _now()).TotalMilliseconds), int.MaxValue);

    /// <summary>A timer that runs starts again.</summary>
    public void Start(int id, uint milliseconds)
    {
        var due = _now() + TimeSpan.FromMilliseconds(milliseconds);
        _kept[id] = due;
        _alarms[id].Set(due);
    }

    public void Stop(int id)
    {
        _kept[id] = null;
        _alarms[id].Cancel();
    }
}
