using AirHil.Modem.Sessions;

namespace AirHil.Rig.Service.WebSocket;

/// <summary>The state of a connection to the service.</summary>
internal enum ServiceConnectionState
{
    /// <summary>The head of the HTTP request is not complete.</summary>
    Connecting,

    /// <summary>A raw TCP endpoint: no handshake of its own.</summary>
    Raw,

    /// <summary>The request is there, the answer is on its way or withheld.</summary>
    Upgrading,

    Open,

    /// <summary>A close frame went out; the peer's is awaited.</summary>
    Closing,

    /// <summary>The service is done with it; what still arrives is ignored.</summary>
    Closed,
}

/// <summary>What the service knows of one connection.</summary>
internal sealed class ServiceConnection(int id, string client, string host, int port)
{
    /// <summary>A request's head, Jetty's default.</summary>
    public const int HeadLimit = 8192;

    public int Id { get; } = id;

    /// <summary>What session events say of it.</summary>
    public Connection Label { get; } = new(id, host, port);

    public string Client { get; } = client;

    public string Host { get; } = host;

    public int Port { get; } = port;

    public ServiceConnectionState State { get; set; }

    public Endpoint? Endpoint { get; set; }

    /// <summary>A close frame went out; no message follows it (RFC 6455 §5.5.1).</summary>
    public bool HasSentClose { get; set; }

    /// <summary>Half a frame went out: anything after it would be read as its rest.</summary>
    public bool IsStalled { get; set; }

    /// <summary>When the last thing that is scheduled goes out; nothing overtakes it.</summary>
    public TimeSpan LastDue { get; set; }

    public List<byte> Head { get; } = [];

    public WebSocketFrameReader Reader { get; private set; } = new(Endpoint.LeastMessageLimit);

    public MessageAssembler Assembler { get; private set; } = new(Endpoint.LeastMessageLimit);

    /// <summary>Bytes of an unfinished frame and of an unfinished message.</summary>
    public int HeldBytes => Reader.HeldBytes + Assembler.HeldBytes;

    /// <summary>Begins to read frames for an endpoint.</summary>
    public void Serve(Endpoint endpoint)
    {
        Endpoint = endpoint;
        Reader = new WebSocketFrameReader(endpoint.MessageLimit);
        Assembler = new MessageAssembler(endpoint.MessageLimit);
    }
}
