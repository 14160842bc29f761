using AirHil.Modem;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Rig.Network;

/// <summary>One direction between a modem and the world: what a packet takes on it.</summary>
/// <param name="draw">The jitter's generator.</param>
internal sealed class AirPath(SplitMix64 draw)
{
    /// <summary>Jitter comes in slow waves: packets that follow each other closely share it.</summary>
    [Guess("It is not known how long successive packets share their jitter.")]
    private static readonly TimeSpan Wave = TimeSpan.FromMilliseconds(250);

    private TimeSpan _busyUntil;
    private TimeSpan _lastUse = TimeSpan.MinValue;
    private int _jitterMs;

    /// <summary>From now to the arrival, in whole milliseconds.</summary>
    /// <param name="bytes">What takes up the link's rate.</param>
    /// <param name="oneWayMs">The way itself.</param>
    /// <param name="jitterMs">The most by which it is early or late.</param>
    public TimeSpan Delay(int bytes, int bytesPerSecond, int oneWayMs, int jitterMs, TimeSpan now)
    {
        if (jitterMs > 0 && (_lastUse == TimeSpan.MinValue || now - _lastUse > Wave))
        {
            _jitterMs = draw.Below((2 * jitterMs) + 1) - jitterMs;
        }

        _lastUse = now;
        var start = _busyUntil > now ? _busyUntil : now;
        _busyUntil = start + TimeSpan.FromTicks((long)bytes * TimeSpan.TicksPerSecond / bytesPerSecond);
        var waitMs = (long)Math.Round((_busyUntil - now).TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Max(0, waitMs + oneWayMs + (jitterMs > 0 ? _jitterMs : 0)));
    }
}
