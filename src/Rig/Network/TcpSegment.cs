namespace AirHil.Rig.Network;

/// <summary>What a segment carries.</summary>
internal enum TcpSegmentKind
{
    Data,

    /// <summary>The whole TLS handshake, seen from the modem.</summary>
    TlsHandshake,

    /// <summary>The server's end of a failed handshake.</summary>
    TlsAlert,

    Fin,
}

/// <summary>A piece of one direction's stream on its way.</summary>
internal sealed class TcpSegment(TcpSegmentKind kind, ReadOnlyMemory<byte> bytes, string text)
{
    public TcpSegmentKind Kind { get; } = kind;

    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>The server name of a handshake, or the reason of an alert.</summary>
    public string Text { get; } = text;

    /// <summary>The last transmission.</summary>
    public TimeSpan SentAt { get; set; }

    public bool IsDelivered { get; set; }

    /// <summary>This transmission is drawn to be lost.</summary>
    public bool IsLost { get; set; }

    /// <summary>Counts transmissions; an arrival of an earlier one is void.</summary>
    public int Flight { get; set; }
}
