using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;

namespace AirHil.Hunt.Triage;

/// <summary>How far the module had come with its last connection.</summary>
internal sealed class LastState
{
    private readonly List<(string Number, string Text)> _lost = [];

    /// <summary>In words: "connected", "waits for the TLS handshake".</summary>
    public string Words { get; private set; } = "off";

    /// <summary>Since when.</summary>
    public TimeSpan Since { get; private set; }

    /// <summary>
    /// Whether the network has lost or refused a text message to that number, and has not taken the same since.
    /// </summary>
    public bool HasLostSms(string number) => _lost.Exists(one => PhoneNumber.AreSame(one.Number, number));

    public void Feed(SessionEvent happened)
    {
        FollowSms(happened);
        var words = happened switch
        {
            PowerCut => "off",
            ModemStarted => "starts",
            DnsAsked => "asks for a name",
            TcpOpening => "opens TCP",
            TcpOpened => "TCP is open",
            TlsStarted => "waits for the TLS handshake",
            TlsOpened => "TLS is open",
            UpgradeAsked => "waits for the upgrade",
            UpgradeAccepted or MqttOut { Packet: MqttPacketType.Connack, Fields.Code: 0 } => "connected",
            MqttIn { Packet: MqttPacketType.Connect } => "waits for the broker",
            TcpClosed or TcpEnded or TcpReset or TcpRefused or TcpAbandoned or TlsFailed
                or TcpTimedOut { AtService: false } => "has lost its connection",
            _ => null,
        };
        if (words is not null) (Words, Since) = (words, happened.At);
    }

    private void FollowSms(SessionEvent happened)
    {
        switch (happened)
        {
            case SmsLost lost:
                _lost.Add((lost.Number, lost.Message));
                break;
            case SmsRefused refused:
                _lost.Add((refused.Number, SubmitPdu.Read(refused.Bytes.Span).Text));
                break;
            case SmsSubmitted sent:
                _lost.Remove((sent.Number, sent.Message));
                break;
            default:
                break;
        }
    }
}
