using System.Diagnostics;

namespace AirHil.Rig.Time;

/// <summary>
/// The wall clock as a run sees it: from zero at the run's beginning, perhaps faster than the wall's. This is the one
/// place of the rig that reads it.
/// </summary>
public sealed class WallClock
{
    private readonly Func<TimeSpan> _time;

    /// <summary>A clock that begins now.</summary>
    /// <param name="speed">Seconds of the run in one second of the wall clock; above 0.</param>
    public WallClock(double speed = 1)
    {
        Speed = speed > 0 && double.IsFinite(speed) ? speed : throw new ArgumentOutOfRangeException(nameof(speed));
#pragma warning disable RS0030 // the clock itself
        var origin = Stopwatch.GetTimestamp();
        _time = () => Stopwatch.GetElapsedTime(origin) * speed;
#pragma warning restore RS0030
    }

    /// <summary>A clock that follows another.</summary>
    /// <param name="time">Its time, which any thread may ask; it does not go back.</param>
    /// <param name="speed">Seconds of it in one second of the wall clock; above 0.</param>
    public WallClock(Func<TimeSpan> time, double speed)
        : this(speed) => _time = time;

    /// <summary>The run's time; may be asked by any thread.</summary>
    public TimeSpan Now => _time();

    public double Speed { get; }

    /// <summary>
    /// How long the wall's clock needs until the run's time is <paramref name="due"/>; zero if it is.
    /// </summary>
    public TimeSpan Until(TimeSpan due)
    {
        var left = due - Now;
        return left > TimeSpan.Zero ? left / Speed : TimeSpan.Zero;
    }
}
