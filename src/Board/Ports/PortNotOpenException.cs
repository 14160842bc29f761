using AirHil.Rig.Files;

namespace AirHil.Board.Ports;

/// <summary>A port cannot be opened; the message says which, why, and what to do.</summary>
/// <param name="absent">There is no such device now; it may come.</param>
public sealed class PortNotOpenException(string message, bool absent, Exception? inner = null)
    : HostPlaceException(message, inner)
{
    /// <summary>There is no such device now; it may come.</summary>
    public bool Absent { get; } = absent;
}
