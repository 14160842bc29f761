namespace AirHil.Rig.Replay;

/// <summary>
/// The run did what its recording has not, so nobody knows what the modem would have answered. The message says what
/// was done, what the recording has instead, and where.
/// </summary>
public sealed class RecordingDeviationException : Exception
{
    public RecordingDeviationException(string message)
        : base(message)
    {
    }

    /// <summary>The same, thrown again by another thread's call.</summary>
    public RecordingDeviationException(RecordingDeviationException first)
        : base(first.Message, first)
    {
    }
}
