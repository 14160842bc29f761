using AirHil.Rig.Files;

namespace AirHil.Board.Ports;

/// <summary>A port that was open is gone: unplugged, re-enumerated, closed by its peer.</summary>
internal sealed class PortGoneException(string message, Exception? inner = null) : HostPlaceException(message, inner);
