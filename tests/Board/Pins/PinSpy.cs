using AirHil.Board.Pins;
using AirHil.Board.Tests.Ports;

namespace AirHil.Board.Tests.Pins;

/// <summary>Keeps what a driver tells.</summary>
internal sealed class PinSpy : IPinSink
{
    private readonly List<string> _seen = [];

    /// <summary>As "27 high", in order.</summary>
    public string[] Levels
    {
        get
        {
            lock (_seen) return [.. _seen];
        }
    }

    public PinException? Failure { get; private set; }

    public void Seen(int pin, bool isHigh, TimeSpan? at = null)
    {
        lock (_seen) _seen.Add($"{pin} {(isHigh ? "high" : "low")}");
    }

    public void Failed(PinException problem) => Failure = problem;

    public void Until(params string[] levels) =>
        Eventually.Holds(() => Levels.SequenceEqual(levels), $"levels; there were: {string.Join(", ", Levels)}");
}
