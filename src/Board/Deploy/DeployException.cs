namespace AirHil.Board.Deploy;

/// <summary>
/// A script could not be put onto a board; the message says what was tried, what came of it, what to do.
/// </summary>
internal sealed class DeployException(string message, Exception? inner = null) : Exception(message, inner);
