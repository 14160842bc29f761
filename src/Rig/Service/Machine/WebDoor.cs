using AirHil.Rig.Service.Http;

namespace AirHil.Rig.Service.Machine;

/// <summary>
/// A connection to a port that http:// and ws:// share: the head of its first request says who serves it. An upgrade
/// belongs to the WebSocket endpoints, everything else to the HTTP server.
/// </summary>
/// <param name="open">Makes the session that serves it; true: of the WebSocket endpoints.</param>
internal sealed class WebDoor(ServiceSide side, ServiceConnection connection, Func<bool, ServiceSession> open)
    : ServiceSession(side, connection)
{
    private readonly ReceivedBytes _received = new(512);

    public override int HeldBytes => _received.Length;

    public override void Receive(ReadOnlyMemory<byte> bytes)
    {
        _received.Append(bytes.Span);
        var held = _received.Held;
        var end = held.IndexOf("\r\n\r\n"u8);
        if (end < 0 && held.Length <= HttpRequestReader.HeadLimit) return;
        var isUpgrade = end >= 0 && HttpRequestHead.Parse(held[..end])?.HasToken("Upgrade", "websocket") == true;
        var session = open(isUpgrade);
        Connection.Session = session;
        session.Begin();
        session.Receive(held.ToArray());
    }

    /// <summary>The HTTP server tells of it.</summary>
    public override void PeerGone(bool reset) => open(false).PeerGone(reset);

    public override void Overflow(string reason) => Side.Hangup(Connection);
}
