using System.Net.Security;

namespace AirHil.Live.Network;

/// <summary>What a connection shall do, one after the other.</summary>
internal abstract record ConnectionOrder
{
    private ConnectionOrder()
    {
    }

    /// <summary>Says when the way to the peer is free.</summary>
    internal sealed record Announce : ConnectionOrder;

    internal sealed record Send(ReadOnlyMemory<byte> Bytes) : ConnectionOrder;

    internal sealed record SecureAsClient(SslClientAuthenticationOptions Options) : ConnectionOrder;

    /// <param name="Certificate">It may still be in the making.</param>
    internal sealed record SecureAsServer(Task<SslStreamCertificateContext> Certificate) : ConnectionOrder;

    /// <summary>Answers the client's first bytes by a TLS alert and ends.</summary>
    internal sealed record RefuseTls : ConnectionOrder;

    /// <summary>FIN after everything before it.</summary>
    internal sealed record Finish : ConnectionOrder;
}
