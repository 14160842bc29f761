namespace AirHil.Modem.Sessions;

/// <summary>What the service saw and did.</summary>
public abstract record ServiceEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Service;
}

/// <summary>A push found no open connection.</summary>
/// <param name="Message">What it would have said; "" where it is no text.</param>
public sealed record PushReachedNobody(TimeSpan At, string Message) : ServiceEvent(At);

/// <summary>The service does not keep something, as it keeps too much of that kind already.</summary>
/// <param name="Limit">Of what, in words.</param>
public sealed record ServiceOverfull(TimeSpan At, string Limit) : ServiceEvent(At);

/// <summary>Something of one connection to the service.</summary>
public abstract record ServedEvent(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes = default)
    : ServiceEvent(At, Bytes), IConnected;

/// <summary>A connection is there.</summary>
/// <param name="IsTls">Whether its bytes are protected on their way.</param>
/// <param name="ServerName">The name that the client gave in TLS; "" without.</param>
public sealed record ServiceAccepted(TimeSpan At, Connection Connection, bool IsTls, string ServerName)
    : ServedEvent(At, Connection);

/// <summary>A limit of the service was met.</summary>
/// <param name="Limit">In words.</param>
public sealed record ServiceLimited(TimeSpan At, Connection Connection, string Limit) : ServedEvent(At, Connection);

/// <summary>The service ends the connection by FIN.</summary>
public sealed record ServiceFinished(TimeSpan At, Connection Connection) : ServedEvent(At, Connection);

/// <summary>The service ends the connection by RST.</summary>
public sealed record ServiceReset(TimeSpan At, Connection Connection) : ServedEvent(At, Connection);

/// <summary>The service's host no longer knows the connection.</summary>
public sealed record ServiceForgot(TimeSpan At, Connection Connection) : ServedEvent(At, Connection);

/// <summary>The client has gone: by FIN, or by RST where <paramref name="Reset"/>.</summary>
/// <param name="Client">What the endpoint speaks.</param>
public sealed record ClientGone(TimeSpan At, Connection Connection, ClientOf Client, bool Reset)
    : ServedEvent(At, Connection);

/// <summary>What a client of the service spoke, as far as <see cref="ClientGone"/> tells it apart.</summary>
public enum ClientOf
{
    /// <summary>Plain TCP.</summary>
    Raw,
    WebSocket,

    /// <summary>Any other protocol.</summary>
    Other,
}

/// <summary>A datagram for the service.</summary>
public sealed record DatagramIn(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>A datagram of the service.</summary>
public sealed record DatagramOut(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>Bytes for an endpoint of plain TCP.</summary>
public sealed record RawIn(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>Bytes of an endpoint of plain TCP.</summary>
/// <param name="IsText">Whether they were given as a text.</param>
public sealed record RawOut(TimeSpan At, Connection Connection, bool IsText, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>The head of a request for an upgrade; the bytes are all of it.</summary>
public sealed record UpgradeAsked(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>The upgrade was answered by 101.</summary>
/// <param name="Url">The endpoint's.</param>
public sealed record UpgradeAccepted(TimeSpan At, Connection Connection, string Url) : ServedEvent(At, Connection);

/// <summary>The upgrade was answered by another status.</summary>
public sealed record UpgradeRefused(TimeSpan At, Connection Connection, int Status) : ServedEvent(At, Connection);

/// <summary>The head of a request is longer than the service takes.</summary>
/// <param name="Limit">In words.</param>
public sealed record UpgradeLimited(TimeSpan At, Connection Connection, string Limit) : ServedEvent(At, Connection);

/// <summary>What a frame of a WebSocket is (RFC 6455 §5.2).</summary>
public enum FrameKind
{
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

/// <summary>A message or a control frame of the client; the bytes are its payload.</summary>
public sealed record FrameIn(TimeSpan At, Connection Connection, FrameKind Frame, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>A message or a control frame of the service; the bytes are its payload.</summary>
public sealed record FrameOut(TimeSpan At, Connection Connection, FrameKind Frame, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>The first half of a frame of the service; the bytes are all that was sent.</summary>
public sealed record HalfFrameOut(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ServedEvent(At, Connection, Bytes);

/// <summary>A fault keeps the service from sending this.</summary>
/// <param name="What">In words; for a text the text itself.</param>
public sealed record Withheld(TimeSpan At, Connection Connection, string What, ReadOnlyMemory<byte> Bytes = default)
    : ServedEvent(At, Connection, Bytes);

/// <summary>A fault keeps a service of another protocol from sending this.</summary>
/// <param name="What">In words.</param>
public sealed record ServiceWithheld(TimeSpan At, Connection Connection, string What) : ServedEvent(At, Connection);

/// <summary>The client breaks a rule of RFC 6455.</summary>
/// <param name="Rule">In words.</param>
public sealed record FrameViolated(TimeSpan At, Connection Connection, string Rule) : ServedEvent(At, Connection);
