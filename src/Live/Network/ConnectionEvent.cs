namespace AirHil.Live.Network;

/// <summary>What a connection tells its owner, on the world's thread.</summary>
internal abstract record ConnectionEvent
{
    private ConnectionEvent()
    {
    }

    /// <summary>The way to the peer is free: whatever was accepted is heard of now.</summary>
    internal sealed record Announced : ConnectionEvent
    {
        public static Announced Instance { get; } = new();
    }

    /// <summary>The TLS handshake succeeded.</summary>
    /// <param name="ServerName">The name that the client gave.</param>
    internal sealed record Secured(string ServerName) : ConnectionEvent;

    internal sealed record TlsFailed(string Reason) : ConnectionEvent;

    internal sealed record Received(ReadOnlyMemory<byte> Bytes) : ConnectionEvent;

    /// <summary>The operating system took one piece of what was sent.</summary>
    internal sealed record Acknowledged(int Bytes) : ConnectionEvent;

    /// <summary>The peer has ended its direction, or the connection is broken.</summary>
    internal sealed record Ended(bool Reset, bool GaveUp) : ConnectionEvent;

    /// <summary>Nothing of it runs any more. It comes last, and once.</summary>
    internal sealed record Finished : ConnectionEvent
    {
        public static Finished Instance { get; } = new();
    }

    /// <summary>Something about it is worth a sentence in the session.</summary>
    internal sealed record Noticed(string Text) : ConnectionEvent;
}
