using AirHil.Modem.ShortMessages;

namespace AirHil.Modem.Sessions;

/// <content>Text messages.</content>
public static partial class EventCatalogue
{
    private static Entry[] Messages =>
    [
        Of<SmsGiven>(
            "sms.given", m => new(m.At, m.Text("number"), m.Text("text"), PartOf(m)),
            (to, e) =>
            {
                to.Text("number"u8, e.Number);
                to.Optional("text"u8, e.Message);
                if (e.Part is not { } part) return;
                to.Number("part"u8, part.Number);
                to.Number("of"u8, part.Of);
                to.Number("ref"u8, part.Reference);
            }),
        Of<SmsDelivered>(
            "sms.rx", m => new(m.At, m.Text("number"), m.Text("text"), m.Bytes),
            (to, e) => WriteMessage(to, e.Number, e.Message)),
        Of<SmsSubmitted>(
            EventKinds.SmsSubmitted, m => new(m.At, m.Text("number"), m.Text("text"), m.Bytes),
            (to, e) => WriteMessage(to, e.Number, e.Message)),
        Of<SmsRefused>(
            "sms.refused", m => new(m.At, m.Text("number"), m.Number("code"), m.Bytes),
            (to, e) =>
            {
                to.Text("number"u8, e.Number);
                to.Number("code"u8, e.Code);
            }),
        Of<SmsLost>(
            "sms.lost", m => new(m.At, m.Text("number"), m.Text("text"), m.Flag("incoming")),
            (to, e) =>
            {
                WriteMessage(to, e.Number, e.Message);
                to.Flag("incoming"u8, e.ToModule);
            }),
    ];

    private static void WriteMessage(EventLines to, string number, string text)
    {
        to.Text("number"u8, number);
        to.Optional("text"u8, text);
    }

    private static MessagePart? PartOf(EventMembers members) => members.Find("part") is null
        ? null
        : new MessagePart(members.Number("ref"), members.Number("part"), members.Number("of"));
}
