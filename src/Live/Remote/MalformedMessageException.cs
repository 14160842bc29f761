namespace AirHil.Live.Remote;

/// <summary>What came over the wire is no message of the protocol, or none that may come now.</summary>
internal sealed class MalformedMessageException(string message, RefusalReason reason = RefusalReason.Malformed)
    : Exception(message)
{
    public RefusalReason Reason { get; } = reason;
}
