using System.Runtime.CompilerServices;

namespace AirHil.Modem;

/// <summary>The deadlines of one machine, at most one for each of its timers.</summary>
/// <typeparam name="TTimer">The machine's timers: an enum over int that counts from 0 without gaps.</typeparam>
public sealed class TimerTable<TTimer>
    where TTimer : struct, Enum
{
    private readonly TimeSpan?[] _due = new TimeSpan?[Enum.GetValues<TTimer>().Length];

    /// <summary>When the timer expires; null: it is stopped.</summary>
    public TimeSpan? this[TTimer timer] => _due[Index(timer)];

    /// <summary>The earliest deadline; null: all timers are stopped.</summary>
    public TimeSpan? Next
    {
        get
        {
            TimeSpan? next = null;
            foreach (var due in _due)
            {
                if (due is { } at && !(next <= at)) next = at;
            }

            return next;
        }
    }

    /// <summary>Starts the timer, or moves its deadline.</summary>
    public void Set(TTimer timer, TimeSpan at) => _due[Index(timer)] = at;

    public void Stop(TTimer timer) => _due[Index(timer)] = null;

    public void StopAll() => Array.Clear(_due);

    /// <summary>Stops the timer if its deadline has come, and tells whether it had.</summary>
    public bool TryExpire(TTimer timer, TimeSpan now)
    {
        ref var due = ref _due[Index(timer)];
        if (due is null || due > now) return false;
        due = null;
        return true;
    }

    private static int Index(TTimer timer) => Unsafe.BitCast<TTimer, int>(timer);
}
