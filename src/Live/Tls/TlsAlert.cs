namespace AirHil.Live.Tls;

/// <summary>Alert records as they go over the wire (RFC 5246 §7.2; version bytes of TLS 1.2).</summary>
internal static class TlsAlert
{
    /// <summary>The first byte of a TLS handshake record, as a client sends it (RFC 8446 §5.1).</summary>
    public const byte HandshakeRecord = 22;

    /// <summary>Fatal, handshake_failure.</summary>
    public static ReadOnlyMemory<byte> HandshakeFailure { get; } = new byte[] { 21, 3, 3, 0, 2, 2, 40 };
}
