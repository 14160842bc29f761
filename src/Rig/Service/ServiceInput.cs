using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.Service;

/// <summary>What can happen to the service side.</summary>
public abstract record ServiceInput
{
    private ServiceInput()
    {
    }

    /// <summary>Opens an endpoint, or gives an existing one (same URL) another behaviour.</summary>
    public sealed record AddEndpoint(Endpoint Endpoint) : ServiceInput;

    /// <summary>A connection is ready for the application's bytes (after TLS, where there is TLS).</summary>
    /// <param name="Connection">Unique within the network's life.</param>
    /// <param name="Client">The modem behind it; used only to label what is recorded.</param>
    /// <param name="Host">The host of the listener, by name.</param>
    /// <param name="ServerName">The TLS server name the client gave; "" without TLS.</param>
    public sealed record Accepted(
        int Connection, string Client, string Host, [property: Within(1, 65_535)] int Port, bool Tls,
        string ServerName) : ServiceInput;

    public sealed record Received(int Connection, ReadOnlyMemory<byte> Bytes) : ServiceInput;

    /// <summary>The peer is gone: FIN, or RST (also: given up) where <paramref name="Reset"/>.</summary>
    public sealed record Closed(int Connection, bool Reset) : ServiceInput;

    /// <summary>One UDP datagram. <paramref name="Flow"/> names the modem's socket for the answer.</summary>
    public sealed record Datagram(
        int Flow, string Client, string Host, [property: Within(1, 65_535)] int Port,
        ReadOnlyMemory<byte> Bytes) : ServiceInput
    {
        /// <summary>What session events say of its socket.</summary>
        internal Connection Label => new(Flow, Host, Port);
    }

    /// <summary>A push: a text message to every open connection of the endpoint.</summary>
    /// <param name="Url">The endpoint's URL; null means every endpoint.</param>
    public sealed record SendText(string? Url, string Text) : ServiceInput;

    /// <summary>A push: a binary message to every open connection of the endpoint.</summary>
    public sealed record SendBinary(string? Url, ReadOnlyMemory<byte> Bytes) : ServiceInput;

    /// <summary>A ping to every open WebSocket of the endpoint.</summary>
    /// <param name="Url">The endpoint's URL; null means every endpoint.</param>
    /// <param name="Bytes">Its payload, 125 bytes at most (RFC 6455 §5.5).</param>
    public sealed record SendPing(string? Url, ReadOnlyMemory<byte> Bytes) : ServiceInput;

    /// <summary>A fault begins. The rig records the fault itself; the service records its effects.</summary>
    public sealed record Begin(ServiceFault Fault) : ServiceInput;

    /// <summary>
    /// One of the faults of equal value that are still acting ends; without that one nothing happens.
    /// </summary>
    /// <param name="Place">Which of them, in the order in which they began, from 0; null: the first.</param>
    public sealed record End(ServiceFault Fault, int? Place = null) : ServiceInput;
}
