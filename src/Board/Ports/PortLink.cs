using System.Diagnostics;

namespace AirHil.Board.Ports;

/// <summary>
/// Keeps one port open for good: it notices when the device goes, closes the dead handle, and opens what comes back.
/// One thread reads, one writes; both are the link's own. Whatever a port throws is a reason to open it again: an
/// exception that left a thread would end the whole process.
/// </summary>
public sealed class PortLink : IDisposable
{
    private const int ReadSize = 16 << 10;
    private const int MostWaiting = 256 << 10;

    private readonly Func<IBytePort> _open;
    private readonly IPortSink _sink;
    private readonly Func<TimeSpan> _clock;
    private readonly PortLinkTimings _timings;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> _toWrite = new();
    private readonly AutoResetEvent _written = new(false);
    private readonly Thread _reader;
    private readonly Thread _writer;
    private IBytePort? _port;
    private int _waitingBytes;
    private int _opening;
    private long _bytesIn;
    private long _bytesOut;
    private int _lost;
    private bool _disposed;

    /// <param name="name">What to call it: "log", "uart1".</param>
    /// <param name="address">Where the port is.</param>
    /// <param name="baud">Without meaning on USB ports of the module and on sockets.</param>
    /// <param name="sink">Hears what happens.</param>
    /// <param name="clock">The time by which what happens is dated; asked by the link's threads.</param>
    public PortLink(
        string name, PortAddress address, int baud, IPortSink sink, Func<TimeSpan> clock,
        PortLinkTimings? timings = null)
        : this(name, () => PortOpener.Open(address, baud), sink, clock, timings)
    {
    }

    /// <param name="open">Opens the port again each time; may throw <see cref="PortNotOpenException"/>.</param>
    public PortLink(
        string name, Func<IBytePort> open, IPortSink sink, Func<TimeSpan> clock, PortLinkTimings? timings = null)
    {
        Name = name;
        _open = open;
        _sink = sink;
        _clock = clock;
        _timings = timings ?? new PortLinkTimings();
        _reader = new Thread(Read) { IsBackground = true, Name = $"{name} reader" };
        _writer = new Thread(Write) { IsBackground = true, Name = $"{name} writer" };
    }

    public string Name { get; }

    public bool IsOpen => Volatile.Read(ref _port) is not null;

    public PortStatistics Statistics => new(
        Interlocked.Read(ref _bytesIn), Interlocked.Read(ref _bytesOut), Volatile.Read(ref _opening),
        Volatile.Read(ref _lost));

    /// <summary>Begins; the sink may be called from now on.</summary>
    public void Start()
    {
        _reader.Start();
        _writer.Start();
    }

    /// <summary>Hands bytes to the writer, which sends them in order. Never blocks.</summary>
    /// <returns>
    /// Null; or why they are not taken: the port is not open, or a quarter of a megabyte waits already. Bytes that were
    /// taken and then could not be sent go to the sink.
    /// </returns>
    public string? TryWrite(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (_port is null) return $"the port {Name} is not open";
            if (_waitingBytes + bytes.Length > MostWaiting)
            {
                return $"{_waitingBytes} bytes wait to be sent on {Name} already: its reader takes nothing";
            }

            _waitingBytes += bytes.Length;
            _toWrite.Enqueue(bytes);
        }

        _written.Set();
        return null;
    }

    /// <summary>Returns in bounded time, whatever the port does; the sink is not called afterwards.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _stop.Cancel();
        if (_reader.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted)) return;
        var since = Stopwatch.GetTimestamp();
        foreach (var thread in (Thread[])[_reader, _writer])
        {
            var left = _timings.DisposeLimit - Stopwatch.GetElapsedTime(since);
            thread.Join(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        }
    }

    private bool Stopping => _stop.IsCancellationRequested;

    private void Read()
    {
        string? told = null;
        var pause = _timings.AbsencePeriod;
        while (!Stopping)
        {
            IBytePort port;
            try
            {
                port = _open();
            }
            catch (Exception problem)
            {
                if (!string.Equals(told, problem.Message, StringComparison.Ordinal) && !Stopping)
                {
                    told = problem.Message;
                    _sink.Waiting(this, told, _clock());
                }

                var isAbsent = problem is PortNotOpenException { Absent: true };
                pause = isAbsent ? _timings.AbsencePeriod : Shorter(pause * 2, _timings.MostBackOff);
                _stop.Token.WaitHandle.WaitOne(pause);
                continue;
            }

            told = null;
            pause = _timings.AbsencePeriod;
            Serve(port);
        }
    }

    /// <summary>From a port's opening to its end.</summary>
    private void Serve(IBytePort port)
    {
        string reason;
        lock (_gate)
        {
            _opening++;
            _port = port;
        }

        try
        {
            if (!Stopping) _sink.Opened(this, port.Name, _clock());
            reason = ReadUntilGone(port);
        }
        catch (Exception problem)
        {
            reason = problem.Message;
        }
        finally
        {
            lock (_gate) _port = null;
            port.Dispose();
        }

        if (Stopping) return;
        Interlocked.Increment(ref _lost);
        DropUnwritten(reason);
        _sink.Lost(this, reason, _clock());
    }

    private string ReadUntilGone(IBytePort port)
    {
        var buffer = new byte[ReadSize];
        var looked = Stopwatch.GetTimestamp();
        while (!Stopping)
        {
            var count = port.Read(buffer);
            if (count > 0 && !Stopping)
            {
                Interlocked.Add(ref _bytesIn, count);
                _sink.Received(this, buffer.AsMemory(0, count).ToArray(), _clock());
            }

            if (Stopwatch.GetElapsedTime(looked) < _timings.PresencePeriod) continue;
            if (!port.IsAlive) return $"{port.Name} is gone: the device is not there any more, or is another one";
            looked = Stopwatch.GetTimestamp();
        }

        return "closed";
    }

    /// <summary>An event of the system: other waits look many times before they sleep (decision 012).</summary>
    private void Write()
    {
        WaitHandle[] calls = [_stop.Token.WaitHandle, _written];
        while (WaitHandle.WaitAny(calls) != 0)
        {
            while (TryWriteNext())
            {
            }
        }
    }

    /// <returns>Whether there was something to write; what was told of when the port went is not there.</returns>
    private bool TryWriteNext()
    {
        ReadOnlyMemory<byte> next;
        IBytePort? port;
        lock (_gate)
        {
            if (Stopping || !_toWrite.TryDequeue(out next)) return false;
            port = _port;
        }

        var problem = port is null ? $"the port {Name} went before they were sent" : Send(port, next);
        lock (_gate) _waitingBytes -= next.Length;
        if (problem is not null && !Stopping) _sink.NotWritten(this, next.Length, problem, _clock());
        return true;
    }

    private string? Send(IBytePort port, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            port.Write(bytes.Span);
            Interlocked.Add(ref _bytesOut, bytes.Length);
            return null;
        }
        catch (Exception problem)
        {
            return problem.Message;
        }
    }

    /// <summary>What was meant for a port that has gone is not for the next one.</summary>
    private void DropUnwritten(string reason)
    {
        var dropped = 0;
        lock (_gate)
        {
            while (_toWrite.TryDequeue(out var next)) dropped += next.Length;
            _waitingBytes -= dropped;
        }

        if (dropped > 0) _sink.NotWritten(this, dropped, reason, _clock());
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
