using AirHil.Modem.Air;
using AirHil.Modem.Faults;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Live.Remote;

/// <summary>Reads what <see cref="NetworkMessageWriter"/> writes.</summary>
internal static class NetworkMessageReader
{
    private const int LastPort = 65_535;

    /// <exception cref="MalformedMessageException">It is no input, or a field of it is wrong.</exception>
    public static NetworkInput Input(MessageObject json)
    {
        var kind = json.Text("kind");
        return kind switch
        {
            "from-modem" => new NetworkInput.FromModem(json.Text("modem"), Request(json.Object("request"))),
            "service-listening" => new NetworkInput.FromService(new ServiceOutput.Listening(
                json.Text("host"), json.Number("port", 1, LastPort), json.Word<ServiceTransport>("transport"))),
            "service-send" => new NetworkInput.FromService(
                new ServiceOutput.Send(json.Number("connection"), json.Bytes("bytes"))),
            "service-close" => new NetworkInput.FromService(
                new ServiceOutput.Close(json.Number("connection"), json.Flag("reset"))),
            "service-forget" => new NetworkInput.FromService(new ServiceOutput.Forget(json.Number("connection"))),
            "service-datagram" => new NetworkInput.FromService(new ServiceOutput.SendDatagram(
                json.Number("flow"), json.Text("host"), json.Number("port", 1, LastPort), json.Bytes("bytes"))),
            "fault-begins" => new NetworkInput.Begin(Fault(json.Text("fault")), json.OptionalText("modem")),
            "fault-ends" => new NetworkInput.End(Fault(json.Text("fault")), json.OptionalText("modem")),
            _ => throw new MalformedMessageException($"'{Printable.Of(kind, 40)}' is no input of a network"),
        };
    }

    /// <param name="at">When it happened.</param>
    /// <exception cref="MalformedMessageException">It is no output, or a field of it is wrong.</exception>
    public static NetworkOutput Output(MessageObject json, TimeSpan at)
    {
        var kind = json.Text("kind");
        return kind switch
        {
            "to-modem" => new NetworkOutput.ToModem(json.Text("modem"), Event(json.Object("event"))),
            "service-accepted" => new NetworkOutput.ToService(new ServiceInput.Accepted(
                json.Number("connection"), json.Text("client"), json.Text("host"), json.Number("port", 1, LastPort),
                json.Flag("tls"), json.Text("serverName"))),
            "service-received" => new NetworkOutput.ToService(
                new ServiceInput.Received(json.Number("connection"), json.Bytes("bytes"))),
            "service-closed" => new NetworkOutput.ToService(
                new ServiceInput.Closed(json.Number("connection"), json.Flag("reset"))),
            "service-datagram" => new NetworkOutput.ToService(new ServiceInput.Datagram(
                json.Number("flow"), json.Text("client"), json.Text("host"), json.Number("port", 1, LastPort),
                json.Bytes("bytes"))),
            "recorded" => new NetworkOutput.Recorded(json.SessionEvent("event") with { At = at }),
            "unknown-host" => new NetworkOutput.UnknownHost(json.Text("modem"), json.Text("host")),
            _ => throw new MalformedMessageException($"'{Printable.Of(kind, 40)}' is no output of a network"),
        };
    }

    private static AirRequest Request(MessageObject json) => ModemMessageReader.Output(json) as AirRequest
        ?? throw new MalformedMessageException($"'{json.Text("kind")}' is nothing that a modem asks of the air");

    private static AirEvent Event(MessageObject json) => ModemMessageReader.Input(json) as AirEvent
        ?? throw new MalformedMessageException($"'{json.Text("kind")}' is nothing that the air tells a modem");

    private static NetworkFault Fault(string phrase)
    {
        try
        {
            return FaultPhrase.Parse(phrase) is (NetworkFault fault, null)
                ? fault
                : throw new MalformedMessageException($"'{Printable.Of(phrase, 80)}' is no fault of a network");
        }
        catch (FormatException e)
        {
            throw new MalformedMessageException(Printable.Of(e.Message));
        }
    }
}
