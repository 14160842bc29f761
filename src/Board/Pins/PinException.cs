namespace AirHil.Board.Pins;

/// <summary>A pin could not be reached; the message says which, by what, why, and what to do.</summary>
internal sealed class PinException(string message, Exception? inner = null) : Exception(message, inner);
