namespace AirHil.Live.Remote;

/// <summary>
/// What one end has sent and the other has not acknowledged yet, and what waits to be sent: numbered, in order,
/// bounded. Any thread may call it.
/// </summary>
/// <param name="mostMessages">As many messages wait at most.</param>
/// <param name="mostBytes">As many bytes wait at most; one message always fits.</param>
internal sealed class Outbox(int mostMessages, long mostBytes)
{
    /// <summary>Messages that find room where others wait: answers. A client asks for a few at a time.</summary>
    private const int MostAnswers = 1_024;

    private readonly object _gate = new();
    private readonly Queue<byte[]> _kept = new();
    private readonly List<byte[]> _unsent = [];
    private long _bytes;
    private long _last;
    private long _acknowledged;
    private long _mostSent;
    private int _unsentFrom;
    private object? _connection;
    private bool _ended;

    /// <summary>Called when there is something to send.</summary>
    public Action Changed { get; set; } = () => { };

    /// <summary>How many messages are kept.</summary>
    public int Count
    {
        get { lock (_gate) return _kept.Count; }
    }

    /// <summary>Whether more waits than the other end can have asked for in good faith.</summary>
    public bool IsOverfull => Count >= mostMessages + MostAnswers;

    private bool IsFull => _kept.Count >= mostMessages || (_bytes >= mostBytes && _kept.Count > 0);

    /// <summary>Adds a message and gives it its number; waits for room where it must.</summary>
    /// <param name="encode">Makes the bytes of the message with that number.</param>
    /// <param name="wait">Whether to wait while the box is full; else it takes the message nevertheless.</param>
    /// <param name="waited">Whether it had to wait.</param>
    /// <returns>The number; 0 where the box has ended.</returns>
    public long Add(Func<long, byte[]> encode, bool wait, out bool waited)
    {
        waited = false;
        long number;
        lock (_gate)
        {
            while (wait && IsFull && !_ended)
            {
                waited = true;
                Monitor.Wait(_gate);
            }

            if (_ended) return 0;
            number = Put(encode);
        }

        Changed();
        return number;
    }

    /// <summary>Adds a message where there is room.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryAdd(Func<long, byte[]> encode)
    {
        lock (_gate)
        {
            if (IsFull) return false;
            if (_ended) return true;
            Put(encode);
        }

        Changed();
        return true;
    }

    /// <summary>The next message for a connection; none for one that another has taken the place of.</summary>
    public bool TryNext(object connection, out byte[] bytes)
    {
        lock (_gate)
        {
            bytes = [];
            if (!ReferenceEquals(connection, _connection) || _unsentFrom >= _unsent.Count) return false;
            bytes = _unsent[_unsentFrom++];
            _mostSent = Math.Max(_mostSent, _last - (_unsent.Count - _unsentFrom));
            if (_unsentFrom >= 256 && _unsentFrom * 2 >= _unsent.Count)
            {
                _unsent.RemoveRange(0, _unsentFrom);
                _unsentFrom = 0;
            }

            return true;
        }
    }

    /// <summary>A new connection goes on behind what the other end has received.</summary>
    /// <exception cref="MalformedMessageException">It cannot have received that.</exception>
    public void Resume(object connection, long received)
    {
        lock (_gate)
        {
            if (received > _mostSent) throw Impossible(received);
            // What was acknowledged over the earlier connection may be more than was received as the new one was begun.
            received = Math.Max(received, _acknowledged);
            _connection = connection;
            _unsent.Clear();
            _unsentFrom = 0;
            _unsent.AddRange(_kept.Skip((int)(received - _acknowledged)));
        }

        Changed();
    }

    /// <summary>The other end needs nothing again up to that number.</summary>
    /// <exception cref="MalformedMessageException">It was never sent.</exception>
    public void Acknowledge(long number)
    {
        lock (_gate)
        {
            if (number > _mostSent) throw Impossible(number);
            for (; _acknowledged < number; _acknowledged++) _bytes -= _kept.Dequeue().Length;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nobody waits any longer, and nothing more is taken.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
            Monitor.PulseAll(_gate);
        }
    }

    private long Put(Func<long, byte[]> encode)
    {
        var bytes = encode(_last + 1);
        _last++;
        _kept.Enqueue(bytes);
        _unsent.Add(bytes);
        _bytes += bytes.Length;
        return _last;
    }

    private MalformedMessageException Impossible(long number) => new(
        $"number {number} is acknowledged, but {_mostSent} is the last that was sent");
}
