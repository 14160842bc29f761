namespace AirHil.Modem.Sessions;

/// <summary>Radio, DNS, TCP, TLS and UDP, as seen at the module.</summary>
public abstract record NetworkLaneEvent(TimeSpan At, ReadOnlyMemory<byte> Bytes = default) : SessionEvent(At, Bytes)
{
    public sealed override SessionLane Lane => SessionLane.Network;
}

/// <summary>A usable cell is there again, or none any more.</summary>
public sealed record CoverageChanged(TimeSpan At, bool IsCovered) : NetworkLaneEvent(At);

/// <summary>What a network tells of itself, in a sentence: a limit, or a way that is not allowed.</summary>
public sealed record NetworkNoticed(TimeSpan At, string Notice) : NetworkLaneEvent(At);

/// <summary>The module asks for the address of a name.</summary>
public sealed record DnsAsked(TimeSpan At, string Host) : NetworkLaneEvent(At);

/// <summary>An answer of DNS reaches the module.</summary>
/// <param name="Address">Dotted IPv4; null: there is no such name.</param>
public sealed record DnsAnswered(TimeSpan At, string Host, string? Address) : NetworkLaneEvent(At);

/// <summary>Something of one connection or socket.</summary>
public abstract record ConnectionEvent(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes = default)
    : NetworkLaneEvent(At, Bytes), IConnected;

/// <summary>It belongs to a connection or a socket.</summary>
public interface IConnected
{
    Connection Connection { get; }
}

/// <summary>A datagram leaves the module.</summary>
public sealed record UdpSent(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ConnectionEvent(At, Connection, Bytes);

/// <summary>A datagram reaches the module.</summary>
public sealed record UdpReceived(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ConnectionEvent(At, Connection, Bytes);

/// <summary>The module begins to connect.</summary>
/// <param name="Address">Dotted IPv4; "" where it is not known.</param>
public sealed record TcpOpening(TimeSpan At, Connection Connection, string Address) : ConnectionEvent(At, Connection);

/// <summary>The handshake of TCP is over.</summary>
public sealed record TcpOpened(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The SYN was answered by RST.</summary>
public sealed record TcpRefused(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>Bytes that the module sends.</summary>
public sealed record TcpSent(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ConnectionEvent(At, Connection, Bytes);

/// <summary>Bytes that reach the module.</summary>
public sealed record TcpReceived(TimeSpan At, Connection Connection, ReadOnlyMemory<byte> Bytes)
    : ConnectionEvent(At, Connection, Bytes);

/// <summary>The module closes: FIN, or RST where <paramref name="Reset"/>.</summary>
public sealed record TcpClosed(TimeSpan At, Connection Connection, bool Reset) : ConnectionEvent(At, Connection);

/// <summary>The module hears that its peer has closed: FIN, or RST where <paramref name="Reset"/>.</summary>
public sealed record TcpEnded(TimeSpan At, Connection Connection, bool Reset) : ConnectionEvent(At, Connection);

/// <summary>A fault or a limit resets the connection at both ends.</summary>
public sealed record TcpReset(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>An end gives up, as nothing is acknowledged.</summary>
/// <param name="AtService">The service's end does; else the module's.</param>
public sealed record TcpTimedOut(TimeSpan At, Connection Connection, bool AtService)
    : ConnectionEvent(At, Connection);

/// <summary>The module has restarted and no longer knows its connection.</summary>
public sealed record TcpAbandoned(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The network is full of connections; this one is dropped to make room.</summary>
public sealed record TcpLimited(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The network is full of unsent bytes of this connection, which is reset.</summary>
public sealed record TcpQueueFull(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The module begins a handshake of TLS.</summary>
public sealed record TlsStarted(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The handshake of TLS succeeded.</summary>
public sealed record TlsOpened(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The handshake of TLS failed.</summary>
/// <param name="Reason">In words.</param>
public sealed record TlsFailed(TimeSpan At, Connection Connection, string Reason) : ConnectionEvent(At, Connection);

/// <summary>The server falls silent in the handshake of TLS.</summary>
public sealed record TlsHung(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);

/// <summary>The module sends plain bytes where a handshake of TLS is expected.</summary>
public sealed record TlsViolated(TimeSpan At, Connection Connection) : ConnectionEvent(At, Connection);
