namespace AirHil.Live.Remote;

/// <summary>
/// What one end has received: takes each number once and in order, and knows up to where everything was also taken by
/// those it was for. Any thread may call it.
/// </summary>
internal sealed class Inbox
{
    private readonly object _gate = new();
    private readonly HashSet<long> _takenAhead = [];
    private long _received;
    private long _taken;

    /// <summary>The last number received.</summary>
    public long Received
    {
        get { lock (_gate) return _received; }
    }

    /// <summary>Up to this number, everything was taken: what may be acknowledged.</summary>
    public long Taken
    {
        get { lock (_gate) return _taken; }
    }

    /// <summary>A message came.</summary>
    /// <returns>False where it came before.</returns>
    /// <exception cref="MalformedMessageException">Others before it are missing.</exception>
    public bool Accept(long number)
    {
        lock (_gate)
        {
            if (number <= _received) return false;
            if (number != _received + 1)
            {
                throw new MalformedMessageException(
                    $"message number {number} follows number {_received}; what lies between is missing");
            }

            _received = number;
            return true;
        }
    }

    /// <summary>The message of that number was taken by the one it was for.</summary>
    public void Take(long number)
    {
        lock (_gate)
        {
            if (number <= _taken) return;
            _takenAhead.Add(number);
            while (_takenAhead.Remove(_taken + 1)) _taken++;
        }
    }
}
