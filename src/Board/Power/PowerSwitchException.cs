namespace AirHil.Board.Power;

/// <summary>A supply could not be switched; the message says by what, why, and what to do.</summary>
public sealed class PowerSwitchException(string message, Exception? inner = null) : Exception(message, inner);
