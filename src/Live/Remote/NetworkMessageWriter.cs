using System.Text.Json;
using AirHil.Modem.Faults;
using AirHil.Modem.Sessions;
using AirHil.Rig.Network;
using AirHil.Rig.Service;

namespace AirHil.Live.Remote;

/// <summary>
/// Writes what crosses the border of a network as JSON objects with a "kind" and its fields. What has no form is
/// refused by <see cref="NotSupportedException"/>: it would be missing at the other end.
/// </summary>
internal static class NetworkMessageWriter
{
    public static void Write(Utf8JsonWriter json, string name, NetworkInput input)
    {
        json.WriteStartObject(name);
        switch (input)
        {
            case NetworkInput.FromModem(var modem, var request):
                Kind(json, "from-modem");
                json.WriteString("modem", MessageWriter.Whole(modem));
                ModemMessageWriter.Write(json, "request", request);
                break;
            case NetworkInput.FromService(ServiceOutput.Listening(var host, var port, var transport)):
                Kind(json, "service-listening");
                Place(json, host, port);
                json.WriteString("transport", transport.ToString());
                break;
            case NetworkInput.FromService(ServiceOutput.Send(var connection, var bytes)):
                Kind(json, "service-send");
                json.WriteNumber("connection", connection);
                json.WriteBase64String("bytes", bytes.Span);
                break;
            case NetworkInput.FromService(ServiceOutput.Close(var connection, var reset)):
                Kind(json, "service-close");
                json.WriteNumber("connection", connection);
                json.WriteBoolean("reset", reset);
                break;
            case NetworkInput.FromService(ServiceOutput.Forget(var connection)):
                Kind(json, "service-forget");
                json.WriteNumber("connection", connection);
                break;
            case NetworkInput.FromService(ServiceOutput.SendDatagram(var flow, var host, var port, var bytes)):
                Kind(json, "service-datagram");
                json.WriteNumber("flow", flow);
                Place(json, host, port);
                json.WriteBase64String("bytes", bytes.Span);
                break;
            case NetworkInput.Begin(var fault, var modem):
                Kind(json, "fault-begins");
                Fault(json, fault, modem);
                break;
            case NetworkInput.End(var fault, var modem):
                Kind(json, "fault-ends");
                Fault(json, fault, modem);
                break;
            default:
                throw Unknown("input", input is NetworkInput.FromService(var output) ? output : input);
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, NetworkOutput output)
    {
        json.WriteStartObject(name);
        switch (output)
        {
            case NetworkOutput.ToModem(var modem, var happened):
                Kind(json, "to-modem");
                json.WriteString("modem", MessageWriter.Whole(modem));
                ModemMessageWriter.Write(json, "event", happened);
                break;
            case NetworkOutput.ToService(ServiceInput.Accepted accepted):
                Kind(json, "service-accepted");
                json.WriteNumber("connection", accepted.Connection);
                json.WriteString("client", MessageWriter.Whole(accepted.Client));
                Place(json, accepted.Host, accepted.Port);
                json.WriteBoolean("tls", accepted.Tls);
                json.WriteString("serverName", MessageWriter.Whole(accepted.ServerName));
                break;
            case NetworkOutput.ToService(ServiceInput.Received(var connection, var bytes)):
                Kind(json, "service-received");
                json.WriteNumber("connection", connection);
                json.WriteBase64String("bytes", bytes.Span);
                break;
            case NetworkOutput.ToService(ServiceInput.Closed(var connection, var reset)):
                Kind(json, "service-closed");
                json.WriteNumber("connection", connection);
                json.WriteBoolean("reset", reset);
                break;
            case NetworkOutput.ToService(ServiceInput.Datagram datagram):
                Kind(json, "service-datagram");
                json.WriteNumber("flow", datagram.Flow);
                json.WriteString("client", MessageWriter.Whole(datagram.Client));
                Place(json, datagram.Host, datagram.Port);
                json.WriteBase64String("bytes", datagram.Bytes.Span);
                break;
            case NetworkOutput.Recorded(var happened):
                Kind(json, "recorded");
                json.WritePropertyName("event");
                SessionEventConverter.Write(json, happened);
                break;
            case NetworkOutput.UnknownHost(var modem, var host):
                Kind(json, "unknown-host");
                json.WriteString("modem", MessageWriter.Whole(modem));
                json.WriteString("host", MessageWriter.Shortened(host));
                break;
            default:
                throw Unknown("output", output is NetworkOutput.ToService(var input) ? input : output);
        }

        json.WriteEndObject();
    }

    private static NotSupportedException Unknown(string what, object value) =>
        new($"the remote protocol has no word for the network's {what} {value.GetType().Name}");

    private static void Kind(Utf8JsonWriter json, string kind) => json.WriteString("kind", kind);

    private static void Place(Utf8JsonWriter json, string host, int port)
    {
        json.WriteString("host", MessageWriter.Whole(host));
        json.WriteNumber("port", port);
    }

    private static void Fault(Utf8JsonWriter json, NetworkFault fault, string? modem)
    {
        if (!IsReadBack(fault))
        {
            throw new NotSupportedException($"the remote protocol has no word for the fault '{fault.Phrase}'");
        }

        json.WriteString("fault", MessageWriter.Whole(fault.Phrase));
        if (modem is not null) json.WriteString("modem", MessageWriter.Whole(modem));
    }

    /// <summary>Somebody's own fault, or a host with a blank in its name, is none that a phrase can tell.</summary>
    private static bool IsReadBack(NetworkFault fault)
    {
        try
        {
            return FaultPhrase.Parse(fault.Phrase) is (var read, null) && read == fault;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
