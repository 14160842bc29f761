namespace AirHil.Board.Ports;

/// <summary>
/// Hears what happens on a <see cref="PortLink"/>. The calls come from the link's own threads; times are those of the
/// clock it was given. A call may block: then the link reads no further, and the sender is held back by the system.
/// </summary>
public interface IPortSink
{
    /// <summary>The port is open.</summary>
    /// <param name="name">What was opened, with the device behind the address.</param>
    void Opened(PortLink link, string name, TimeSpan at);

    /// <summary>Bytes came.</summary>
    /// <param name="bytes">The sink's to keep.</param>
    /// <param name="at">When they were read.</param>
    void Received(PortLink link, ReadOnlyMemory<byte> bytes, TimeSpan at);

    /// <summary>The port that was open is gone; the link goes on trying to open it.</summary>
    void Lost(PortLink link, string reason, TimeSpan at);

    /// <summary>
    /// The port cannot be opened for this reason; told once for each reason, and again after it was open.
    /// </summary>
    void Waiting(PortLink link, string reason, TimeSpan at);

    /// <summary>Bytes that were taken for writing did not leave, or not for certain.</summary>
    /// <param name="count">How many.</param>
    void NotWritten(PortLink link, int count, string reason, TimeSpan at);
}
