namespace AirHil.Board.Ports;

/// <summary>
/// Reads of a stream that end after a time without giving the read up: it stays with the stream, and what it brings is
/// for the next one. System.IO.Ports ends a read by cancelling it, and on Unix loses the bytes that its thread takes at
/// that very moment. One reader at a time.
/// </summary>
/// <param name="stream">The stream; nobody else reads it.</param>
/// <param name="mostBytes">How much one read of the stream may bring.</param>
internal sealed class UncancelledReads(Stream stream, int mostBytes)
{
    private readonly byte[] _buffer = new byte[mostBytes];
    private Task<int>? _read;
    private ReadOnlyMemory<byte> _left;

    /// <summary>Takes what has come, and waits for it if nothing has.</summary>
    /// <returns>How many bytes; 0: the stream is at its end.</returns>
    /// <exception cref="TimeoutException">Nothing came in that time.</exception>
    public int Read(Span<byte> buffer, TimeSpan limit)
    {
        if (_left.IsEmpty)
        {
            var read = _read ??= stream.ReadAsync(_buffer, CancellationToken.None).AsTask();
            if (Task.WaitAny([read], limit) < 0) throw new TimeoutException();
            _read = null;
            _left = _buffer.AsMemory(0, read.GetAwaiter().GetResult());
        }

        var count = Math.Min(_left.Length, buffer.Length);
        _left.Span[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }
}
