namespace AirHil.Live.Remote;

/// <summary>A remote bench cannot be used. The message says which, why, and what to do.</summary>
public sealed class RemoteException(RefusalReason reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public RefusalReason Reason { get; } = reason;
}
