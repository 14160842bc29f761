using AirHil.Rig.Time;

namespace AirHil.Live.Tests.Remote;

/// <summary>A run of whose machines a test takes the outputs itself; rings are not needed.</summary>
internal sealed class QuietRun : ILiveRun
{
    private readonly WallClock _clock = new();

    public TimeSpan Now => _clock.Now;

    public double Speed { get; init; } = 1;

    public void Ring()
    {
    }
}
