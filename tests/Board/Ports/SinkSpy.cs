using System.Collections.Concurrent;
using AirHil.Board.Ports;

namespace AirHil.Board.Tests.Ports;

/// <summary>Keeps what a link tells.</summary>
internal sealed class SinkSpy : IPortSink
{
    private readonly List<byte> _bytes = [];
    private int _opened;
    private int _lost;
    private int _notWritten;

    public ConcurrentQueue<string> Told { get; } = new();

    public int TimesOpened => Volatile.Read(ref _opened);

    public int TimesLost => Volatile.Read(ref _lost);

    /// <summary>Bytes of which the link said that they did not leave.</summary>
    public int BytesNotWritten => Volatile.Read(ref _notWritten);

    public byte[] Bytes
    {
        get
        {
            lock (_bytes) return [.. _bytes];
        }
    }

    public int Count
    {
        get
        {
            lock (_bytes) return _bytes.Count;
        }
    }

    /// <summary>What to do on each piece, on the reader's thread.</summary>
    public Action<ReadOnlyMemory<byte>>? OnBytes { get; init; }

    public void Opened(PortLink link, string name, TimeSpan at)
    {
        Told.Enqueue("opened " + name);
        Interlocked.Increment(ref _opened);
    }

    public void Received(PortLink link, ReadOnlyMemory<byte> bytes, TimeSpan at)
    {
        lock (_bytes) _bytes.AddRange(bytes.Span);
        OnBytes?.Invoke(bytes);
    }

    public void Lost(PortLink link, string reason, TimeSpan at)
    {
        Told.Enqueue("lost " + reason);
        Interlocked.Increment(ref _lost);
    }

    public void Waiting(PortLink link, string reason, TimeSpan at) => Told.Enqueue("waiting " + reason);

    public void NotWritten(PortLink link, int count, string reason, TimeSpan at)
    {
        Told.Enqueue($"not written {count} {reason}");
        Interlocked.Add(ref _notWritten, count);
    }
}
