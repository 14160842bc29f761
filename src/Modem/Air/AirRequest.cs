namespace AirHil.Modem.Air;

/// <summary>What a modem puts on the air. Packets may be lost; then no <see cref="AirEvent"/> answers.</summary>
public abstract record AirRequest : ModemOutput
{
    private AirRequest()
    {
    }

    /// <summary>
    /// The modem's radio is on and looks for a network (false: off). Coverage is answered by
    /// <see cref="AirEvent.CoverageChanged"/>.
    /// </summary>
    public sealed record Radio(bool On) : AirRequest;

    /// <summary>The modem has registered with the network, or is not registered any more.</summary>
    public sealed record Registration(bool IsRegistered) : AirRequest;

    /// <summary>A text message of the module, as an SMS-SUBMIT PDU.</summary>
    /// <param name="Reference">Chosen by the modem; the answer carries it.</param>
    public sealed record SubmitSms(int Reference, ReadOnlyMemory<byte> Pdu) : AirRequest;

    /// <summary>One DNS query for an A record.</summary>
    /// <param name="Query">Chosen by the modem; the answer carries it.</param>
    /// <param name="Host">The name, as the script wrote it.</param>
    public sealed record ResolveHost(int Query, string Host) : AirRequest
    {
        /// <summary>
        /// What it is looked up for, such as "mqtt://broker.test:1883", for hints to the user; null: nobody knows.
        /// </summary>
        public string? Service { get; init; }
    }

    /// <summary>Opens a TCP connection (the stack repeats SYNs by itself; silence means nobody answers).</summary>
    /// <param name="Connection">Chosen by the modem, never used twice within a power cycle.</param>
    /// <param name="Address">Dotted IPv4.</param>
    public sealed record OpenTcp(int Connection, string Address, int Port) : AirRequest;

    /// <summary>
    /// The module takes a connection (<see cref="AirEvent.TcpArrived"/>), which is open with
    /// <see cref="AirEvent.TcpOpened"/>. It refuses one by <see cref="CloseTcp"/>.
    /// </summary>
    public sealed record AcceptTcp(int Connection) : AirRequest;

    /// <summary>Starts a TLS handshake on an open connection; afterwards its bytes are the application's.</summary>
    /// <param name="Authorities">
    /// The certificates, in PEM, that must vouch for the server's; "": the module trusts nobody. Null: it does not
    /// check. Only a network with real certificates can look at them.
    /// </param>
    public sealed record StartTls(int Connection, string ServerName, string? Authorities = null) : AirRequest
    {
        /// <summary>
        /// The certificate, with those above it and its private key, in PEM, that the module shows to a server that
        /// asks for one; null: it has none. Only a network with real certificates shows it.
        /// </summary>
        public string? Identity { get; init; }
    }

    /// <summary>Bytes on an open connection, in order.</summary>
    public sealed record SendTcp(int Connection, ReadOnlyMemory<byte> Bytes) : AirRequest;

    /// <summary>
    /// A keep-alive probe on an open connection. A peer that is there acknowledges it: 0 bytes
    /// (<see cref="AirEvent.TcpAcknowledged"/>).
    /// </summary>
    public sealed record ProbeTcp(int Connection) : AirRequest;

    /// <summary>The modem's end is gone: FIN, or RST where <paramref name="Abort"/>.</summary>
    public sealed record CloseTcp(int Connection, bool Abort) : AirRequest;

    /// <summary>
    /// The modem knows the connection no more and sends nothing: it lost its address. Nothing is repeated on it, and
    /// what comes for it is answered by RST.
    /// </summary>
    public sealed record ForgetTcp(int Connection) : AirRequest;

    /// <summary>One UDP datagram; answers come to the same <paramref name="Socket"/>.</summary>
    public sealed record SendUdp(int Socket, string Address, int Port, ReadOnlyMemory<byte> Bytes) : AirRequest;
}
