using System.Diagnostics;

namespace AirHil.Rig.Time;

/// <summary>
/// The wall clock as a run sees it: from zero at the run's beginning, perhaps faster than the wall's. This is the one
/// place of the rig that reads it.
/// </summary>
/// <param name="speed">Seconds of the run in one second of the wall clock; above 0.</param>
public sealed class WallClock(double speed = 1)
{
#pragma warning disable RS0030 // the clock itself
    private readonly long _origin = Stopwatch.GetTimestamp();

    /// <summary>The run's time; may be asked by any thread.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_origin) * Speed;
#pragma warning restore RS0030

    public double Speed { get; } =
        speed > 0 && double.IsFinite(speed) ? speed : throw new ArgumentOutOfRangeException(nameof(speed));

    /// <summary>How long the wall's clock needs until the run's time is <paramref name="due"/>; zero if it
    /// is.</summary>
    public TimeSpan Until(TimeSpan due)
    {
        var left = due - Now;
        return left > TimeSpan.Zero ? left / Speed : TimeSpan.Zero;
    }
}
