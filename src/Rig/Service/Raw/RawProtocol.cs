namespace AirHil.Rig.Service.Raw;

/// <summary>Bytes without a protocol of their own: tcp:// and udp://.</summary>
internal sealed class RawProtocol : ServiceProtocol
{
    private const int MostTimes = 1_000_000;

    public override IReadOnlyList<string> Schemes => ["tcp", "udp"];

    public override string Forms => MessageBehavior.Forms;

    public override IReadOnlyDictionary<string, Type> Descriptions { get; } =
        new SortedDictionary<string, Type>(StringComparer.Ordinal) { ["raw"] = typeof(RawServer) };

    public override bool Takes(EndpointBehavior behavior) => behavior is MessageBehavior or RawServer;

    public override EndpointBehavior? Read(ServiceUrl url, string text) => MessageBehavior.Read(text);

    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table)
    {
        if (table.Noun != "answers") throw NoSuchTable(url, table, "answers");
        var isUdp = url.Transport == ServiceTransport.Udp;
        return new RawServer(
            [.. table.Read(["to", "with"], ["delay", "times", "then"]).Select(row => Rule(row, isUdp))]);
    }

    public override ServiceSite Open(ServiceSide side) => new RawSite(side);

    /// <summary>Nothing in "to" is a new connection; a text that ends in "*" is how a message begins.</summary>
    private static RawRule Rule(ServiceTable.Row row, bool isUdp)
    {
        var to = row.Find("to");
        if (to is null && isUdp) throw row.Wrong("to", "a message is expected: UDP has no connections");
        var rule = to is null ? new RawRule(RawTrigger.Connection, default, row.Bytes("with"))
            : to.EndsWith('*') ? new RawRule(RawTrigger.Beginning, row.Bytes("to").AsMemory()[..^1], row.Bytes("with"))
            : new RawRule(RawTrigger.Message, row.Bytes("to"), row.Bytes("with"));
        return rule with
        {
            Delay = row.Duration("delay") ?? rule.Delay,
            Times = row.Number("times", 1, MostTimes),
            Then = row.Find("then") switch
            {
                null => RawEnd.Nothing,
                "closes" when !isUdp => RawEnd.Closes,
                "resets" when !isUdp => RawEnd.Resets,
                _ => throw row.Wrong("then", isUdp ? "UDP has no connections to end" : "closes or resets is expected"),
            },
        };
    }
}
