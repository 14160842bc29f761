using AirHil.Board.Ports;

namespace AirHil.Board.Description;

/// <summary>A serial line to a board.</summary>
/// <param name="Baud">Its speed; without meaning on USB ports.</param>
public sealed record SerialLine(PortAddress Port, int Baud = 115_200);
