#pragma warning disable RS0030 // the wall clock's own timer
namespace AirHil.Rig.Time;

/// <summary>
/// Calls back once a time of the wall clock is over, to the millisecond. Akka's own timers tick in 10 ms, which is too
/// coarse for packets on a UART.
/// </summary>
internal sealed class WallTimer(Action due) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);
    private readonly Timer _timer = new(call => ((Action)call!)(), due, Timeout.Infinite, Timeout.Infinite);

    /// <summary>Calls back after that time, an hour at most; what was set before is forgotten.</summary>
    public void Set(TimeSpan wait)
    {
        if (wait > LongestWait) wait = LongestWait;
        _timer.Change((long)Math.Ceiling(wait.TotalMilliseconds), Timeout.Infinite);
    }

    public void Dispose() => _timer.Dispose();
}
