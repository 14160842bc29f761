namespace AirHil.Rig.Network;

/// <summary>
/// One direction of a connection: what is sent and not yet acknowledged, in order, and its repetition.
/// </summary>
internal sealed class TcpStream(TcpLink link, bool isUp, RetransmitPolicy policy)
{
    public TcpLink Link { get; } = link;

    /// <summary>From the modem to the service.</summary>
    public bool IsUp { get; } = isUp;

    /// <summary>Sent, not acknowledged.</summary>
    public Queue<TcpSegment> Waiting { get; } = [];

    public int WaitingBytes { get; set; }

    /// <summary>Nothing of this stream arrives before that: it keeps its order.</summary>
    public TimeSpan LastArrival { get; set; }

    /// <summary>A transmission failed; everything waits for the next repetition.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Counts repetition timers; an earlier one is void.</summary>
    public int Timer { get; private set; }

    /// <summary>When the next repetition is due, while stuck.</summary>
    public TimeSpan NextTry { get; private set; }

    private int _attempt;
    private bool _isRepeating;
    private TimeSpan _since;

    public void Enqueue(TcpSegment segment)
    {
        Waiting.Enqueue(segment);
        WaitingBytes += segment.Bytes.Length;
    }

    public TcpSegment Dequeue()
    {
        var segment = Waiting.Dequeue();
        WaitingBytes -= segment.Bytes.Length;
        return segment;
    }

    public void Clear()
    {
        Waiting.Clear();
        WaitingBytes = 0;
        IsStuck = false;
        _isRepeating = false;
        Timer++;
    }

    /// <summary>The other end acknowledged something: the waits begin again.</summary>
    public void Progress()
    {
        _isRepeating = false;
        if (Waiting.Count > 0) return;
        IsStuck = false;
        Timer++;
    }

    /// <summary>A transmission of the oldest segment failed: finds the next instant at which it is repeated.</summary>
    public void Stick(TimeSpan now)
    {
        IsStuck = true;
        Timer++;
        if (!_isRepeating)
        {
            _isRepeating = true;
            _since = Waiting.Peek().SentAt;
            _attempt = 0;
            NextTry = _since + policy.Wait(0);
        }
        else
        {
            NextTry += policy.Wait(_attempt);
        }

        // A repetition that would have been due while the last transmission was on its way was lost as well.
        while (NextTry <= now && !HasGivenUp(NextTry)) NextTry += policy.Wait(++_attempt);
        var end = _since + policy.Total;
        if (NextTry > end) NextTry = end > now ? end : now;
    }

    /// <summary>The repetition at <see cref="NextTry"/> is due.</summary>
    /// <returns>False where this end gives up instead.</returns>
    public bool TryRepeat(TimeSpan now)
    {
        if (HasGivenUp(now)) return false;
        _attempt++;
        IsStuck = false;
        return true;
    }

    private bool HasGivenUp(TimeSpan now) => _attempt >= policy.Tries || now - _since >= policy.Total;
}
