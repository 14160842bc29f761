namespace AirHil.Live.Remote;

/// <summary>What came over the wire is no message of the protocol, or none that may come now.</summary>
internal sealed class MalformedMessageException(string message, RefusalReason reason = RefusalReason.Malformed)
    : Exception(message)
{
    public RefusalReason Reason { get; } = reason;

    /// <summary>The close code that answers it: the reason's, or one of RFC 6455 §7.4.1.</summary>
    public int CloseCode { get; init; } = (int)reason;
}
