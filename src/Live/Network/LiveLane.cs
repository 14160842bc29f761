using System.Threading.Channels;

namespace AirHil.Live.Network;

/// <summary>
/// One direction of a connection: what is put in comes out in order when the way lets it, and the end of the stream
/// or its failure does so too. Bounded: who puts in more waits, so that a peer feels it as a closed window.
/// </summary>
internal sealed class LiveLane(LivePath path, bool isArriving)
{
    /// <summary>The largest piece: the module's MSS (reference §4.4).</summary>
    public const int PieceBytes = 1340;

    private const int MostPieces = 192;

    private readonly Channel<Piece> _pieces = Channel.CreateBounded<Piece>(new BoundedChannelOptions(MostPieces)
    {
        SingleReader = true,
        SingleWriter = true,
    });

    private Piece? _first;
    private TimeSpan _busyUntil;
    private long _written;

    private sealed record Piece(ReadOnlyMemory<byte> Bytes, TimeSpan At)
    {
        public TimeSpan Due { get; set; }
    }

    /// <summary>Bytes put in so far.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Puts bytes in, as copies; waits while the lane is full.</summary>
    public async ValueTask Write(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            var size = Math.Min(bytes.Length, PieceBytes);
            await _pieces.Writer.WriteAsync(new Piece(bytes[..size].ToArray(), path.Now), cancel);
            Interlocked.Add(ref _written, size);
            bytes = bytes[size..];
        }
    }

    /// <summary>Nothing more will be put in.</summary>
    /// <param name="problem">Why the stream broke; null where it ended.</param>
    public void Complete(Exception? problem = null) => _pieces.Writer.TryComplete(problem);

    /// <summary>
    /// Takes the next piece; empty at the end of the stream. A call that is cancelled has lost nothing.
    /// </summary>
    /// <exception cref="IOException">The stream broke, or nothing got through for too long.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> Take(CancellationToken cancel)
    {
        if (_first is null && !await TryTakeFirst(cancel)) return default;
        var piece = _first!;
        if (piece.Due > piece.At) await path.Until(piece.Due, cancel);
        await path.Free(cancel);
        _first = null;
        return piece.Bytes;
    }

    private async ValueTask<bool> TryTakeFirst(CancellationToken cancel)
    {
        var reader = _pieces.Reader;
        try
        {
            do
            {
                if (!await reader.WaitToReadAsync(cancel))
                {
                    await path.Free(cancel);
                    return false;
                }
            }
            while (!reader.TryRead(out _first));
        }
        catch (Exception broken) when (broken is not (OperationCanceledException or PathGivenUpException))
        {
            await path.Free(cancel); // The news waits until the path is free.
            throw new IOException(broken.Message, broken);
        }

        Delay(_first);
        return true;
    }

    /// <summary>A slow link takes half its round trip each way, and lets pieces through at its rate.</summary>
    private void Delay(Piece piece)
    {
        var due = piece.At;
        if (path.Slow(isArriving) is { } slow)
        {
            var start = _busyUntil > piece.At ? _busyUntil : piece.At;
            var onTheWire = (long)piece.Bytes.Length * TimeSpan.TicksPerSecond / slow.BytesPerSecond;
            _busyUntil = start + TimeSpan.FromTicks(onTheWire);
            due = _busyUntil + (slow.RoundTrip / 2);
        }

        piece.Due = due;
    }
}
