using System.Globalization;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>MQTT 3.1.1: mqtt:// and mqtts://.</summary>
internal sealed class MqttProtocol : ServiceProtocol
{
    public override IReadOnlyList<string> Schemes => ["mqtt", "mqtts"];

    public override string Forms => "broker, silent or 'refuses CODE'";

    public override IReadOnlyDictionary<string, Type> Descriptions { get; } =
        new SortedDictionary<string, Type>(StringComparer.Ordinal) { ["mqtt"] = typeof(MqttBroker) };

    public override ServiceSite Open(ServiceSide side) => new MqttSite(side);

    public override EndpointBehavior? Read(ServiceUrl url, string text)
    {
        const string Refuses = "refuses ";
        if (text == "broker") return new MqttBroker();
        if (text == "silent") return new MqttBroker { IsSilent = true };
        if (!text.StartsWith(Refuses, StringComparison.Ordinal)) return null;
        var word = text[Refuses.Length..];
        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            && code is >= 1 and <= 255
            ? new MqttBroker { Code = code }
            : throw new FormatException($"'{text}': a return code from 1 to 255 is expected");
    }

    public override string? WhyNoPush(ServiceUrl target) => MqttTopic.Of(target) is var topic
        && MqttTopic.IsFilter(topic)
        ? null
        : $"'{topic}' is no topic to publish to; write {target}/TOPIC, perhaps with ?qos=1&retain";

    public override EndpointBehavior ReadTable(ServiceUrl url, EndpointBehavior? before, ServiceTable table)
    {
        var broker = before as MqttBroker ?? new MqttBroker();
        return table.Noun switch
        {
            "users" => broker with
            {
                Users =
                [
                    .. table.Read(["user", "password"], [])
                        .Select(row => new MqttUser(row.Text("user"), row.Text("password"))),
                ],
            },
            "messages" => broker with
            {
                Messages = [.. table.Read(["topic", "payload"], ["qos"]).Select(Message)],
            },
            _ => throw NoSuchTable(url, table, "users", "messages"),
        };
    }

    private static MqttRetained Message(ServiceTable.Row row) => MqttTopic.IsName(row.Text("topic"))
        ? new MqttRetained(row.Text("topic"), row.Bytes("payload"), row.Number("qos", 0, 2) ?? 0)
        : throw row.Wrong("topic", "a topic without + and # is expected");
}
