namespace AirHil.Rig.Service.WebSocket;

/// <summary>WebSockets: ws:// and wss://.</summary>
internal sealed class WebSocketProtocol : ServiceProtocol
{
    public override IReadOnlyList<string> Schemes => ["ws", "wss"];

    public override string Forms => MessageBehavior.Forms;

    public override bool Takes(EndpointBehavior behavior) => behavior is MessageBehavior;

    public override EndpointBehavior? Read(ServiceUrl url, string text) => MessageBehavior.Read(text);

    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table) =>
        table.Noun == "answers" ? MessageBehavior.ReadTable(table) : throw NoSuchTable(url, table, "answers");

    public override ServiceSite Open(ServiceSide side) => new WebSocketSite(side);
}

/// <summary>The WebSocket endpoints of a host.</summary>
internal sealed class WebSocketSite(ServiceSide side) : ServiceSite(side)
{
    public override ServiceSession Accept(ServiceConnection connection) => new WebSocketSession(this, Side, connection);
}
