using AirHil.Rig.World;

namespace AirHil.Rig.Replay;

/// <summary>
/// The run did what its recording has not, so nobody knows what the modem would have answered. The message says what
/// was done, what the recording has instead, and where.
/// </summary>
public sealed class RecordingDeviationException(string message) : RunFailedException(message);
