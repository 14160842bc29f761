using AirHil.Modem.Units;

namespace AirHil.Modem.Air;

/// <summary>What reaches a modem from the air.</summary>
public abstract record AirEvent : ModemInput
{
    private AirEvent()
    {
    }

    /// <summary>A usable cell is there, or none any more.</summary>
    public sealed record CoverageChanged(bool Covered) : AirEvent;

    /// <summary>The modem meets something else at its cell than before.</summary>
    public sealed record CellChanged(CellConditions Conditions) : AirEvent;

    /// <summary>A text message for the module, as an SMS-DELIVER PDU.</summary>
    public sealed record SmsDelivered(ReadOnlyMemory<byte> Pdu) : AirEvent;

    /// <summary>The network has taken or refused a text message.</summary>
    /// <param name="Code">0: taken; else the cause, as the modem reports it.</param>
    public sealed record SmsAnswered(int Reference, [property: Within(0, 65_535)] int Code) : AirEvent;

    /// <param name="Address">Dotted IPv4; "": the answer is no error and has no address.</param>
    public sealed record HostResolved(int Query, string Address) : AirEvent;

    /// <summary>A negative DNS answer (NXDOMAIN).</summary>
    public sealed record HostNotFound(int Query) : AirEvent;

    public sealed record TcpOpened(int Connection) : AirEvent;

    /// <summary>Somebody opens a connection to a port of the module.</summary>
    /// <param name="Connection">Chosen by the network: below 0.</param>
    public sealed record TcpArrived(int Connection, [property: Within(0, 65_535)] int Port) : AirEvent;

    /// <summary>The SYN was answered by RST.</summary>
    public sealed record TcpRefused(int Connection) : AirEvent;

    public sealed record TlsOpened(int Connection) : AirEvent;

    /// <summary>The handshake ended in an alert or the peer hung up in it.</summary>
    public sealed record TlsFailed(int Connection, string Reason) : AirEvent;

    public sealed record TcpReceived(int Connection, ReadOnlyMemory<byte> Bytes) : AirEvent;

    /// <summary>The peer has acknowledged that many more bytes of what was sent; 0 is the answer to a probe.</summary>
    public sealed record TcpAcknowledged(int Connection, [property: Within(0, int.MaxValue)] int Bytes)
        : AirEvent;

    /// <summary>The peer closed: FIN, or RST where <paramref name="Reset"/>.</summary>
    /// <param name="TimedOut">With <paramref name="Reset"/>: no RST came; the module's own repetitions ended.</param>
    public sealed record TcpClosed(int Connection, bool Reset, bool TimedOut = false) : AirEvent;

    public sealed record UdpReceived(
        int Socket, string Address, [property: Within(0, 65_535)] int Port, ReadOnlyMemory<byte> Bytes) : AirEvent;
}
