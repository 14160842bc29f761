using AirHil.Live.Edge;
using AirHil.Modem.Sessions;

namespace AirHil.Live.Network;

/// <summary>A connection that was accepted at the edge: the service's end of it.</summary>
internal sealed class EdgeLink(int id, EdgeListener listener, string client, bool isInside, LivePath path)
{
    /// <summary>The number by which the service knows it.</summary>
    public int Id { get; } = id;

    public EdgeListener Listener { get; } = listener;

    /// <summary>The modem behind it.</summary>
    public string Client { get; } = client;

    /// <summary>
    /// The other end is a modem of this run: the network sees it there, and faults act there.
    /// </summary>
    public bool IsInside { get; } = isInside;

    public LivePath Path { get; } = path;

    /// <summary>What session events say of it.</summary>
    public Connection Label { get; } = new(id, listener.Host, listener.Port);

    public required LiveConnection Connection { get; set; }

    /// <summary>To the user's own service, once that has answered; null for the rig's.</summary>
    public LiveConnection? Onward { get; set; }

    /// <summary>What came before the user's own service had answered.</summary>
    public Queue<ReadOnlyMemory<byte>> Early { get; } = [];

    /// <summary>The client has sent something.</summary>
    public bool HasSpoken { get; set; }

    /// <summary>The client has ended its direction.</summary>
    public bool IsClientEnded { get; set; }

    /// <summary>Sent, and not yet taken by the operating system.</summary>
    public Queue<ReadOnlyMemory<byte>> Waiting { get; } = [];

    /// <summary>The service knows it.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>The service's end is closed or forgotten.</summary>
    public bool IsServiceGone { get; set; }

    /// <summary>A TLS handshake of this connection is left without an answer.</summary>
    public bool IsHung { get; set; }

    /// <summary>The first bytes have been looked at.</summary>
    public bool IsSeen { get; set; }
}
