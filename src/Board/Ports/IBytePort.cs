namespace AirHil.Board.Ports;

/// <summary>
/// An open port that carries bytes. One thread reads, another may write; both calls end by themselves in bounded time.
/// A port that has gone never comes back: what comes back is another one, opened again.
/// </summary>
public interface IBytePort : IDisposable
{
    /// <summary>What was opened, for messages: the address, and the device behind it where that differs.</summary>
    string Name { get; }

    /// <summary>
    /// Whether the device is still there, asked of the system and not of the handle, which may outlive its device
    /// without an error (reference bench §10). Cheap enough for ten times a second.
    /// </summary>
    bool IsAlive { get; }

    /// <summary>Waits a tenth of a second at most for bytes.</summary>
    /// <returns>How many came; 0: none in that time.</returns>
    /// <exception cref="PortGoneException">The device or the peer is gone.</exception>
    int Read(Span<byte> buffer);

    /// <summary>Hands all the bytes to the system.</summary>
    /// <exception cref="PortGoneException">The device or the peer is gone.</exception>
    /// <exception cref="TimeoutException">
    /// They were not taken in <see cref="PortOpener.WriteLimit"/>; how many of them left is not known.
    /// </exception>
    void Write(ReadOnlySpan<byte> bytes);
}
