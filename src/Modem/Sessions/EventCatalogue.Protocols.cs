using AirHil.Modem.Faults;

namespace AirHil.Modem.Sessions;

/// <content>The protocols of the service beside WebSocket and raw bytes.</content>
public static partial class EventCatalogue
{
    private static MqttPacketType[] MqttPackets => Enum.GetValues<MqttPacketType>();

    private static Entry[] Protocols =>
    [
        Of<ServiceWithheld>(
            "service.withheld", m => new(m.At, m.Connection, m.Text("what")), (to, e) => to.Text("what"u8, e.What)),
        Of<ServiceOverfull>(
            "service.overfull", m => new(m.At, m.Text("limit")), (to, e) => to.Text("limit"u8, e.Limit)),
        Of<HttpRequested>(
            "http.request", m => new(m.At, m.Connection, m.Text("head"), m.Bytes),
            (to, e) => to.Text("head"u8, e.Head)),
        Of<HttpAnswered>(
            "http.answer", m => new(m.At, m.Connection, m.Text("head"), m.Bytes),
            (to, e) => to.Text("head"u8, e.Head)),
        Of<HttpCut>(
            "http.cut", m => new(m.At, m.Connection, m.Number("sent")), (to, e) => to.Number("sent"u8, e.Sent)),
        Of<HttpViolated>(
            "http.violation", m => new(m.At, m.Connection, m.Text("rule")), (to, e) => to.Text("rule"u8, e.Rule)),
        Of<FtpCommanded>(
            "ftp.command", m => new(m.At, m.Connection, m.Text("ftp")), (to, e) => to.Text("ftp"u8, e.Line)),
        Of<FtpReplied>(
            "ftp.reply", m => new(m.At, m.Connection, m.Text("ftp")), (to, e) => to.Text("ftp"u8, e.Line)),
        Of<FtpStored>(
            "ftp.stored", m => new(m.At, m.Connection, m.Text("path"), m.Bytes),
            (to, e) => to.Text("path"u8, e.Path)),
        Of<FtpSent>(
            "ftp.sent", m => new(m.At, m.Connection, m.Text("path"), m.Bytes), (to, e) => to.Text("path"u8, e.Path)),
        Of<MqttIn>(e => (int)e.Packet - 1, (to, e) => Write(to, e.Fields),
            [.. MqttPackets.Select(packet => (EventKinds.MqttIn(packet),
                (Func<EventMembers, MqttIn>)(m => new MqttIn(m.At, m.Connection, packet, Fields(m), m.Bytes))))]),
        Of<MqttOut>(e => (int)e.Packet - 1, (to, e) => Write(to, e.Fields),
            [.. MqttPackets.Select(packet => (EventKinds.MqttOut(packet),
                (Func<EventMembers, MqttOut>)(m => new MqttOut(m.At, m.Connection, packet, Fields(m), m.Bytes))))]),
        Of<MqttDropped>(
            "mqtt.dropped", m => new(m.At, m.Connection, m.Text("why")), (to, e) => to.Text("why"u8, e.Why)),
        Of<MqttMessage>(
            "mqtt.message", m => new(m.At, m.Text("topic"), m.Bytes), (to, e) => to.Text("topic"u8, e.Topic)),
    ];

    private static void Write(EventLines to, MqttFields fields)
    {
        to.Optional("name"u8, fields.Name);
        if (fields.Quality != 0) to.Number("qos"u8, fields.Quality);
        if (fields.Id != 0) to.Number("id"u8, fields.Id);
        if (fields.Code != 0) to.Number("code"u8, fields.Code);
        to.Flag("flag"u8, fields.Flag);
        to.Flag("again"u8, fields.IsAgain);
    }

    private static MqttFields Fields(EventMembers m) => new(
        m.Text("name"), Number(m, "qos"), Number(m, "id"), Number(m, "code"), m.Flag("flag"), m.Flag("again"));

    private static int Number(EventMembers m, string name) => m.Find(name) is null ? 0 : m.Number(name);
}
