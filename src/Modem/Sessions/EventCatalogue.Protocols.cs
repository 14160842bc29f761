namespace AirHil.Modem.Sessions;

/// <content>The protocols of the service beside WebSocket and raw bytes.</content>
public static partial class EventCatalogue
{
    private static Entry[] Protocols =>
    [
        Of<ServiceWithheld>(
            "service.withheld", m => new(m.At, m.Connection, m.Text("what")), (to, e) => to.Text("what"u8, e.What)),
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
    ];
}
