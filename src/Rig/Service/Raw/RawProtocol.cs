namespace AirHil.Rig.Service.Raw;

/// <summary>Bytes without a protocol of their own: tcp:// and udp://.</summary>
internal sealed class RawProtocol : ServiceProtocol
{
    public override IReadOnlyList<string> Schemes => ["tcp", "udp"];

    public override string Forms => MessageBehavior.Forms;

    public override bool Takes(EndpointBehavior behavior) => behavior is MessageBehavior;

    public override EndpointBehavior? Read(ServiceUrl url, string text) => MessageBehavior.Read(text);

    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table) =>
        table.Noun == "answers" ? MessageBehavior.ReadTable(table) : throw NoSuchTable(url, table, "answers");

    public override ServiceSite Open(ServiceSide side) => new RawSite(side);
}
