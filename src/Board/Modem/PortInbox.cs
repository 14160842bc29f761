using System.Collections.Concurrent;
using AirHil.Board.Ports;
using AirHil.Rig.Time;

namespace AirHil.Board.Modem;

/// <summary>
/// What the threads of the ports bring, until the world's thread takes it. A port that brings more than is taken has to
/// wait, and its sender with it: nothing is dropped.
/// </summary>
internal sealed class PortInbox(ILiveRun run) : IPortSink, IDisposable
{
    private const int MostBytes = 1 << 20;

    private readonly ConcurrentQueue<BoardInput> _queue = new();
    private readonly Dictionary<PortLink, int> _lines = [];
    private readonly ManualResetEventSlim _room = new(true);
    private readonly CancellationTokenSource _end = new();
    private int _bytes;

    /// <summary>Which line a link is; to be told before it is started.</summary>
    public void Add(PortLink link, int line) => _lines.Add(link, line);

    /// <summary>Any thread may put something in.</summary>
    public void Put(BoardInput input)
    {
        if (_end.IsCancellationRequested) return;
        _queue.Enqueue(input);
        run.Ring();
    }

    /// <summary>
    /// Takes what is there now. What comes meanwhile waits for the next time: a port that brings faster than is taken
    /// would hold the world for ever.
    /// </summary>
    public IEnumerable<BoardInput> TakeWhatIsThere()
    {
        for (var left = _queue.Count; left > 0 && _queue.TryDequeue(out var input); left--)
        {
            if (input is BoardInput.Received received
                && Interlocked.Add(ref _bytes, -received.Bytes.Length) < MostBytes / 2)
            {
                _room.Set();
            }

            yield return input;
        }
    }

    void IPortSink.Opened(PortLink link, string name, TimeSpan at) => Put(new BoardInput.Opened(_lines[link], name));

    void IPortSink.Received(PortLink link, ReadOnlyMemory<byte> bytes, TimeSpan at)
    {
        if (Interlocked.Add(ref _bytes, bytes.Length) > MostBytes) _room.Reset();
        Put(new BoardInput.Received(_lines[link], bytes, at));
        // Taken in between: the room may have been made before it was refused.
        if (Volatile.Read(ref _bytes) < MostBytes / 2) _room.Set();
        try
        {
            _room.Wait(_end.Token);
        }
        catch (OperationCanceledException)
        {
            // The run has ended; nobody listens any more.
        }
    }

    void IPortSink.Lost(PortLink link, string reason, TimeSpan at) => Put(new BoardInput.Lost(_lines[link], reason));

    void IPortSink.Waiting(PortLink link, string reason, TimeSpan at) =>
        Put(new BoardInput.Waiting(_lines[link], reason));

    void IPortSink.NotWritten(PortLink link, int count, string reason, TimeSpan at) =>
        Put(new BoardInput.NotWritten(_lines[link], count, reason));

    public void Dispose()
    {
        _end.Cancel();
        _queue.Clear();
    }
}
