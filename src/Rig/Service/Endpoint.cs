namespace AirHil.Rig.Service;

/// <summary>One place that a modem can reach, and how it behaves.</summary>
public sealed record Endpoint(ServiceUrl Url, EndpointBehavior Behavior)
{
    /// <summary>The limits that a service may be given, in bytes.</summary>
    public const int LeastMessageLimit = 125;

    public const int MostMessageLimit = 64 << 20;

    public const int DefaultMessageLimit = 1 << 20;

    private readonly int _messageLimit = DefaultMessageLimit;

    /// <summary>
    /// The largest WebSocket message that is read, in bytes: 1 MiB, or 125 to 64 MiB. A larger one is answered by
    /// close code 1009.
    /// </summary>
    /// <exception cref="FormatException">The limit is out of range.</exception>
    public int MessageLimit
    {
        get => _messageLimit;
        init => _messageLimit = value is >= LeastMessageLimit and <= MostMessageLimit
            ? value
            : throw new FormatException(
                $"{value} is no limit of messages; it is from {LeastMessageLimit} to {MostMessageLimit} bytes");
    }
}
