using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.Service;

/// <summary>What the service side does.</summary>
public abstract record ServiceOutput
{
    private ServiceOutput()
    {
    }

    /// <summary>
    /// A host exists and listens on a port. The network gives the host its address and its name in DNS.
    /// </summary>
    public sealed record Listening(
        string Host, [property: Within(1, 65_535)] int Port, ServiceTransport Transport) : ServiceOutput;

    public sealed record Send(int Connection, ReadOnlyMemory<byte> Bytes) : ServiceOutput;

    /// <summary>The service closes its end: FIN after what was sent, or RST where <paramref name="Reset"/>.</summary>
    public sealed record Close(int Connection, bool Reset) : ServiceOutput;

    /// <summary>
    /// The host no longer knows the connection (crash): nothing is sent; what still arrives is answered by RST.
    /// </summary>
    public sealed record Forget(int Connection) : ServiceOutput;

    /// <summary>A datagram back to the socket that <paramref name="Flow"/> names.</summary>
    public sealed record SendDatagram(
        int Flow, string Host, [property: Within(1, 65_535)] int Port, ReadOnlyMemory<byte> Bytes) : ServiceOutput;

    public sealed record Recorded(SessionEvent Event) : ServiceOutput;
}
