namespace AirHil.Rig.Service.Ftp;

/// <summary>The connection of one transfer.</summary>
/// <param name="owner">Whose it is; null: nobody waits for it, and it is closed.</param>
internal sealed class FtpDataSession(ServiceSide side, ServiceConnection connection, FtpSession? owner)
    : ServiceSession(side, connection)
{
    private readonly ReceivedBytes _received = new(512);

    public override int HeldBytes => _received.Length;

    /// <summary>The client has ended its half.</summary>
    public bool IsEnded { get; private set; }

    public byte[] Received => _received.Held.ToArray();

    public override void Begin()
    {
        if (owner is null || owner.Connection.IsGone) Side.Hangup(Connection);
        else owner.Attach(this);
    }

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        if (_received.Length + bytes.Length > FtpFiles.Limit) Overflow("");
        else _received.Append(bytes.Span);
    }

    public override void PeerGone(bool reset)
    {
        IsEnded = true;
        Record(new Modem.Sessions.ClientGone(Side.Now, Connection.Label, Modem.Sessions.ClientOf.Other, reset));
        owner?.Ended(this, reset);
    }

    public override void Overflow(string reason)
    {
        Side.Reset(Connection);
        owner?.Ended(this, true);
    }

    public void Write(ReadOnlyMemory<byte> bytes) => Send(bytes);
}
