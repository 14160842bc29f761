using System.Text.Json;
using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Live.Remote;

/// <summary>Writes what crosses the modem interface as JSON objects with a "kind" and its fields.</summary>
internal static class ModemMessageWriter
{
    public static void Write(Utf8JsonWriter json, string name, ModemInput input)
    {
        json.WriteStartObject(name);
        switch (input)
        {
            case ModemCommand.ApplyPower:
                Kind(json, "apply-power");
                break;
            case ModemCommand.CutPower:
                Kind(json, "cut-power");
                break;
            case ModemCommand.PullReset:
                Kind(json, "pull-reset");
                break;
            case ModemCommand.WriteUart write:
                Kind(json, "write-uart");
                json.WriteNumber("port", write.Port);
                json.WriteBase64String("bytes", write.Bytes.Span);
                json.WriteBoolean("lineErrors", write.LineErrors);
                break;
            case AirEvent.CoverageChanged coverage:
                Kind(json, "coverage-changed");
                json.WriteBoolean("covered", coverage.Covered);
                break;
            case AirEvent.HostResolved resolved:
                Kind(json, "host-resolved");
                json.WriteNumber("query", resolved.Query);
                json.WriteString("address", MessageWriter.Shortened(resolved.Address));
                break;
            case AirEvent.HostNotFound notFound:
                Kind(json, "host-not-found");
                json.WriteNumber("query", notFound.Query);
                break;
            case AirEvent.TcpOpened opened:
                Kind(json, "tcp-opened", opened.Connection);
                break;
            case AirEvent.TcpRefused refused:
                Kind(json, "tcp-refused", refused.Connection);
                break;
            case AirEvent.TlsOpened opened:
                Kind(json, "tls-opened", opened.Connection);
                break;
            case AirEvent.TlsFailed failed:
                Kind(json, "tls-failed", failed.Connection);
                json.WriteString("reason", MessageWriter.Shortened(failed.Reason));
                break;
            case AirEvent.TcpReceived received:
                Kind(json, "tcp-received", received.Connection);
                json.WriteBase64String("bytes", received.Bytes.Span);
                break;
            case AirEvent.TcpAcknowledged acknowledged:
                Kind(json, "tcp-acknowledged", acknowledged.Connection);
                json.WriteNumber("count", acknowledged.Bytes);
                break;
            case AirEvent.TcpClosed closed:
                Kind(json, "tcp-closed", closed.Connection);
                json.WriteBoolean("reset", closed.Reset);
                break;
            case AirEvent.UdpReceived received:
                Kind(json, "udp-received");
                Datagram(json, received.Socket, received.Address, received.Port, received.Bytes);
                break;
            default:
                throw new NotSupportedException(
                    $"the remote protocol has no word for the input {input.GetType().Name}");
        }

        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, string name, ModemOutput output)
    {
        json.WriteStartObject(name);
        switch (output)
        {
            case ModemReport.PoweredOn on:
                Kind(json, "powered-on");
                json.WriteString("reason", on.Reason.ToString());
                break;
            case ModemReport.PoweredOff:
                Kind(json, "powered-off");
                break;
            case ModemReport.LogLine line:
                Kind(json, "log-line");
                json.WriteNumber("tickUs", MessageWriter.Microseconds(line.Tick));
                json.WriteBase64String("bytes", line.Bytes.Span);
                break;
            case ModemReport.UartReceived received:
                Kind(json, "uart-received");
                json.WriteNumber("port", received.Port);
                json.WriteBase64String("bytes", received.Bytes.Span);
                break;
            case ModemReport.Noticed notice:
                Kind(json, "noticed");
                json.WriteString("text", MessageWriter.Shortened(notice.Text));
                break;
            case ModemReport.NotModelled call:
                Kind(json, "not-modelled");
                json.WriteString("function", MessageWriter.Shortened(call.Function));
                json.WriteString("place", MessageWriter.Shortened(call.Place));
                json.WriteNumber("count", call.Count);
                break;
            case ModemReport.Vitals vitals:
                Kind(json, "vitals");
                json.WriteNumber("heapUsed", vitals.HeapUsed);
                json.WriteNumber("heapPeak", vitals.HeapPeak);
                json.WriteNumber("heapLimit", vitals.HeapLimit);
                json.WriteNumber("systemHeapUsed", vitals.SystemHeapUsed);
                json.WriteNumber("systemHeapPeak", vitals.SystemHeapPeak);
                json.WriteNumber("systemHeapTotal", vitals.SystemHeapTotal);
                json.WriteNumber("cpuBusy", vitals.CpuBusy);
                json.WriteNumber("watchdogLeftUs", MessageWriter.Microseconds(vitals.WatchdogLeft));
                json.WriteNumber("watchdogFullUs", MessageWriter.Microseconds(vitals.WatchdogFull));
                break;
            case ModemReport.ModemLost lost:
                Kind(json, "modem-lost");
                json.WriteString("reason", MessageWriter.Shortened(lost.Reason));
                break;
            case AirRequest.Radio radio:
                Kind(json, "radio");
                json.WriteBoolean("on", radio.On);
                break;
            case AirRequest.ResolveHost resolve:
                Kind(json, "resolve-host");
                json.WriteNumber("query", resolve.Query);
                json.WriteString("host", MessageWriter.Shortened(resolve.Host));
                break;
            case AirRequest.OpenTcp open:
                Kind(json, "open-tcp", open.Connection);
                json.WriteString("address", MessageWriter.Shortened(open.Address));
                json.WriteNumber("port", open.Port);
                break;
            case AirRequest.StartTls start:
                Kind(json, "start-tls", start.Connection);
                json.WriteString("serverName", MessageWriter.Shortened(start.ServerName));
                break;
            case AirRequest.SendTcp send:
                Kind(json, "send-tcp", send.Connection);
                json.WriteBase64String("bytes", send.Bytes.Span);
                break;
            case AirRequest.CloseTcp close:
                Kind(json, "close-tcp", close.Connection);
                json.WriteBoolean("abort", close.Abort);
                break;
            case AirRequest.SendUdp send:
                Kind(json, "send-udp");
                Datagram(json, send.Socket, send.Address, send.Port, send.Bytes);
                break;
            default:
                throw new NotSupportedException(
                    $"the remote protocol has no word for the output {output.GetType().Name}");
        }

        json.WriteEndObject();
    }

    private static void Kind(Utf8JsonWriter json, string kind) => json.WriteString("kind", kind);

    private static void Kind(Utf8JsonWriter json, string kind, int connection)
    {
        json.WriteString("kind", kind);
        json.WriteNumber("connection", connection);
    }

    private static void Datagram(
        Utf8JsonWriter json, int socket, string address, int port, ReadOnlyMemory<byte> bytes)
    {
        json.WriteNumber("socket", socket);
        json.WriteString("address", MessageWriter.Shortened(address));
        json.WriteNumber("port", port);
        json.WriteBase64String("bytes", bytes.Span);
    }
}
