using AirHil.Modem.Faults;

namespace AirHil.Rig.Service;

/// <summary>
/// One connection's half of a protocol at the service: bytes in, and acts on its <see cref="ServiceSide"/>.
/// It never throws for what a client sends.
/// </summary>
internal abstract class ServiceSession(ServiceSide side, ServiceConnection connection)
{
    /// <summary>Small enough to feel like at once, large enough that the TCP ack comes first (reference §12).</summary>
    protected static readonly TimeSpan Promptly = TimeSpan.FromMilliseconds(1);

    public ServiceConnection Connection => connection;

    /// <summary>What it serves; null while that is not known.</summary>
    public Endpoint? Endpoint { get; set; }

    /// <summary>Bytes of the client that wait for their rest.</summary>
    public virtual int HeldBytes => 0;

    protected ServiceSide Side => side;

    /// <summary>The client is there; a protocol in which the server speaks first does so.</summary>
    public virtual void Begin()
    {
    }

    public abstract void Receive(ReadOnlyMemory<byte> bytes);

    /// <summary>The client has gone. The session is not asked anything afterwards.</summary>
    public abstract void PeerGone(bool reset);

    /// <summary>The service holds too many unfinished bytes: this client is to be sent away.</summary>
    public abstract void Overflow(string reason);

    /// <summary>A fault that is over at once happens.</summary>
    public virtual void Suffer(ServiceFault fault)
    {
        switch (fault)
        {
            case CloseWithoutFrame:
                side.Hangup(connection);
                break;
            case ForgetConnections:
                side.Forget(connection);
                break;
            default:
                break;
        }
    }

    /// <summary>Sends a message that no client asked for.</summary>
    /// <returns>False where the protocol or its state lets it not.</returns>
    public virtual bool Push(ServiceMessage message) => false;

    /// <summary>Ends the connection as the protocol does.</summary>
    public virtual void Close() => side.Hangup(connection);

    /// <summary>Sends the protocol's own ping.</summary>
    /// <returns>False: it has none, or is not open.</returns>
    public virtual bool Ping(ReadOnlyMemory<byte> payload) => false;

    /// <summary>Whether a fault of that kind acts on the connection.</summary>
    protected bool IsActing<T>()
        where T : ServiceFault => side.IsActing<T>(connection.Label.Host);

    /// <summary>A fault of that kind that acts on the connection occurs once; null: there is none.</summary>
    protected T? Strike<T>(Predicate<T>? isMeant = null)
        where T : ServiceFault => side.Strike(connection.Label.Host, isMeant);

    protected void Plan(TimeSpan delay, Action act) => side.Plan(connection, delay, act);

    protected void Record(Modem.Sessions.SessionEvent happened) => side.Record(connection.Client, happened);

    protected void Send(ReadOnlyMemory<byte> bytes) => side.Send(connection, bytes);
}
