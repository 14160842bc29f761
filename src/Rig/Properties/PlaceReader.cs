using System.Text;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Modem.ShortMessages;
using AirHil.Rig.Service.Mqtt;

namespace AirHil.Rig.Properties;

/// <summary>
/// The texts that come by a place, in one direction. A text of a WebSocket, of a topic, of a datagram, of an HTTP
/// request or of a telephone is a message; on a UART, on plain TCP and in a log it is a line, without its line end.
/// </summary>
/// <param name="toModule">The texts towards the module; else those that the module sends.</param>
/// <param name="taken">Only what the other end took: an HTTP request when it is answered with a status below 400.
/// </param>
public sealed class PlaceReader(Place place, bool toModule, bool taken = false)
{
    private const int LongestLine = 8192;
    private const int FirstRefusal = 400;
    private readonly Dictionary<int, string> _requests = [];
    private readonly Dictionary<int, StringBuilder> _lines = [];
    private int _spoilers;
    private bool _isSpoiled;
    private bool _hasLine;

    /// <summary>Bytes came, and never a line end, so there was no text.</summary>
    public bool LacksLineEnds => !_hasLine && _lines.Values.Any(line => line.Length > 0);

    /// <summary>Calls back with each text that the event completes.</summary>
    public void Read(SessionEvent happened, Action<string> take)
    {
        switch (place.Kind, happened)
        {
            case (PlaceKind.Uart, _) when toModule:
                ReadTowardsModule(happened, take);
                break;
            case (PlaceKind.Uart, UartOut e) when !toModule && e.Port == place.Port:
                ReadLines(0, e.Bytes.Span, take);
                break;
            case (PlaceKind.Log, LogLine e):
                take(e.Line);
                break;
            case (PlaceKind.Topic, MqttIn { Packet: MqttPacketType.Publish } e)
                when !toModule && MqttTopic.Matches(place.Name, e.Fields.Name):
                take(Text(e));
                break;
            case (PlaceKind.Topic, MqttOut { Packet: MqttPacketType.Publish } e)
                when toModule && MqttTopic.Matches(place.Name, e.Fields.Name):
                take(Text(e));
                break;
            case (PlaceKind.Phone, SmsSubmitted e) when !toModule && PhoneNumber.AreSame(e.Number, place.Name):
                take(e.Message);
                break;
            case (PlaceKind.Phone, SmsDelivered e) when toModule && PhoneNumber.AreSame(e.Number, place.Name):
                take(e.Message);
                break;
            case (PlaceKind.ServiceLog, ScriptLogged { Modem: "" } e):
                take(e.Line);
                break;
            case (PlaceKind.PeerLog, ScriptLogged { Modem: not "" } e):
                take(e.Line);
                break;
            case (PlaceKind.Service, _):
                ReadService(happened, take);
                break;
        }
    }

    /// <summary>A line of which a fault spoilt a byte is no text that a script must understand.</summary>
    private void ReadTowardsModule(SessionEvent happened, Action<string> take)
    {
        switch (happened)
        {
            case UartIn e when e.Port == place.Port:
                _isSpoiled |= e.LineErrors || _spoilers > 0;
                ReadLines(0, e.Bytes.Span, text =>
                {
                    if (!_isSpoiled) take(text);
                    _isSpoiled = e.LineErrors || _spoilers > 0;
                });
                break;
            case FaultBegan { Fault: LoseBytes or GarbleBytes }:
                _spoilers++;
                break;
            case FaultEnded { Fault: LoseBytes or GarbleBytes }:
                _spoilers = Math.Max(0, _spoilers - 1);
                break;
        }
    }

    private void ReadService(SessionEvent happened, Action<string> take)
    {
        switch (happened)
        {
            case HttpRequested { Bytes.IsEmpty: false } e when !toModule && taken:
                _requests[e.Connection.Number] = Text(e);
                break;
            case HttpAnswered { Status: var status } e when _requests.Remove(e.Connection.Number, out var request):
                if (status < FirstRefusal) take(request);
                break;
            case FrameIn { Frame: FrameKind.Text or FrameKind.Binary } when !toModule:
            case FrameOut { Frame: FrameKind.Text or FrameKind.Binary } when toModule:
            case MqttIn { Packet: MqttPacketType.Publish } or DatagramIn when !toModule:
            case MqttOut { Packet: MqttPacketType.Publish } or DatagramOut when toModule:
            case HttpRequested { Bytes.IsEmpty: false } when !toModule:
                take(Text(happened));
                break;
            case RawIn raw when !toModule:
                ReadLines(raw.Connection.Number, raw.Bytes.Span, take);
                break;
            case RawOut raw when toModule:
                ReadLines(raw.Connection.Number, raw.Bytes.Span, take);
                break;
            case ClientGone gone:
                _lines.Remove(gone.Connection.Number);
                break;
        }
    }

    private void ReadLines(int stream, ReadOnlySpan<byte> bytes, Action<string> take)
    {
        if (!_lines.TryGetValue(stream, out var line)) _lines.Add(stream, line = new StringBuilder());
        foreach (var c in Encoding.Latin1.GetString(bytes))
        {
            if (c == '\n')
            {
                var text = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(line.ToString()));
                line.Clear();
                _hasLine = true;
                take(text.TrimEnd('\r'));
            }
            else if (line.Length < LongestLine) line.Append(c);
        }
    }

    private static string Text(SessionEvent e) => Encoding.UTF8.GetString(e.Bytes.Span);
}
