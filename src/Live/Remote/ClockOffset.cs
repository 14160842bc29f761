namespace AirHil.Live.Remote;

/// <summary>
/// What must be added to the other end's time to have it in one's own: the least difference between arrival and stamp
/// in a sliding window, since delays on the way only add to it. It follows slowly, so that distances between stamps
/// stay as they are. The time of the way itself is part of it, so that no answer is dated before its question.
/// </summary>
internal sealed class ClockOffset
{
    /// <summary>Clocks of computers drift by less than 100 ppm, that is 3 ms in it.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    /// <summary>No drift: one of the hosts slept.</summary>
    private static readonly TimeSpan Jump = TimeSpan.FromMilliseconds(500);

    private const double MostSlew = 1e-3;
    private const int MostSamples = 256;
    private readonly object _gate = new();
    private readonly Queue<(TimeSpan Arrival, TimeSpan Difference)> _samples = new();
    private readonly double _speed;
    private readonly int _settled;
    private TimeSpan _offset;
    private TimeSpan _movedAt;
    private int _count;

    /// <param name="speed">Seconds of both clocks in one second of the wall's.</param>
    /// <param name="settled">After so many samples it only follows slowly.</param>
    public ClockOffset(double speed = 1, int settled = 5)
    {
        _speed = speed;
        _settled = settled;
    }

    /// <summary>How many samples it has had.</summary>
    public int Count
    {
        get { lock (_gate) return _count; }
    }

    /// <summary>A message with the other end's time came.</summary>
    /// <param name="stamp">When it was sent, by the other end's clock.</param>
    /// <param name="arrival">When it came, by one's own.</param>
    public void Add(TimeSpan stamp, TimeSpan arrival)
    {
        lock (_gate)
        {
            _samples.Enqueue((arrival, arrival - stamp));
            while (_samples.Count > MostSamples || arrival - _samples.Peek().Arrival > Window * _speed)
            {
                _samples.Dequeue();
            }

            var least = _samples.Min(s => s.Difference);
            _count++;
            var step = least - _offset;
            if (_count <= _settled || step.Duration() > Jump * _speed)
            {
                _offset = least;
            }
            else
            {
                var most = (arrival - _movedAt).Duration() * MostSlew;
                _offset += step.Duration() <= most ? step : step > TimeSpan.Zero ? most : -most;
            }

            _movedAt = arrival;
        }
    }

    /// <summary>A time of the other end in one's own; never later than <paramref name="now"/>.</summary>
    public TimeSpan Convert(TimeSpan stamp, TimeSpan now)
    {
        lock (_gate)
        {
            var time = stamp + _offset;
            return time < now ? time : now;
        }
    }
}
