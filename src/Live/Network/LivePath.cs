using AirHil.Modem.Faults;

namespace AirHil.Live.Network;

/// <summary>
/// What lies between the two ends of a connection, as the faults have it now: free, slow or blocked. The world's
/// thread sets it; the threads that carry bytes wait for it.
/// </summary>
/// <param name="now">The run's time.</param>
/// <param name="speed">Seconds of the run in one second of the wall clock.</param>
/// <param name="patience">How long something may wait for a blocked way before its sender gives up.</param>
internal sealed class LivePath(Func<TimeSpan> now, double speed, TimeSpan patience)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _lock = new();
    private TaskCompletionSource? _freed;
    private SlowWays _slow;

    public TimeSpan Now => now();

    /// <summary>The slow link that acts on what arrives, or on what leaves; null where none does.</summary>
    public SlowLink? Slow(bool isArriving)
    {
        lock (_lock) return isArriving ? _slow.Arriving : _slow.Leaving;
    }

    public void Set(bool isBlocked, SlowWays slow)
    {
        TaskCompletionSource? freed = null;
        lock (_lock)
        {
            _slow = slow;
            if (isBlocked)
            {
                _freed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else
            {
                (freed, _freed) = (_freed, null);
            }
        }

        freed?.SetResult();
    }

    /// <summary>Waits until nothing blocks the way.</summary>
    /// <exception cref="PathGivenUpException">It stayed blocked for the patience of a sender.</exception>
    public async ValueTask Free(CancellationToken cancel)
    {
        while (true)
        {
            Task? freed;
            lock (_lock) freed = _freed?.Task;
            if (freed is null) return;
            try
            {
                await freed.WaitAsync(patience / speed, cancel);
            }
            catch (TimeoutException)
            {
                throw new PathGivenUpException();
            }
        }
    }

    /// <summary>Waits until the run's time is <paramref name="due"/>.</summary>
    public async ValueTask Until(TimeSpan due, CancellationToken cancel)
    {
        while (due - now() is var left && left > TimeSpan.Zero)
        {
            var wall = left / speed;
            await Task.Delay(wall > Shortest ? wall : Shortest, cancel);
        }
    }
}
