using AirHil.Modem;
using AirHil.Modem.Air;
using AirHil.Modem.Messages;

namespace AirHil.Live.Remote;

/// <summary>Reads what <see cref="ModemMessageWriter"/> writes.</summary>
internal static class ModemMessageReader
{
    private const int LastUart = 63;

    /// <exception cref="MalformedMessageException">It is no input, or a field of it is wrong.</exception>
    public static ModemInput Input(MessageObject json)
    {
        var kind = json.Text("kind");
        return kind switch
        {
            "apply-power" => new ModemCommand.ApplyPower(),
            "cut-power" => new ModemCommand.CutPower(),
            "pull-reset" => new ModemCommand.PullReset(),
            "write-uart" => new ModemCommand.WriteUart(
                json.Number("port", 0, LastUart), json.Bytes("bytes"), json.Flag("lineErrors")),
            "coverage-changed" => new AirEvent.CoverageChanged(json.Flag("covered")),
            "host-resolved" => new AirEvent.HostResolved(json.Number("query"), json.Text("address")),
            "host-not-found" => new AirEvent.HostNotFound(json.Number("query")),
            "tcp-opened" => new AirEvent.TcpOpened(json.Number("connection")),
            "tcp-refused" => new AirEvent.TcpRefused(json.Number("connection")),
            "tls-opened" => new AirEvent.TlsOpened(json.Number("connection")),
            "tls-failed" => new AirEvent.TlsFailed(json.Number("connection"), json.Text("reason")),
            "tcp-received" => new AirEvent.TcpReceived(json.Number("connection"), json.Bytes("bytes")),
            "tcp-acknowledged" => new AirEvent.TcpAcknowledged(
                json.Number("connection"), json.Number("count", 0, int.MaxValue)),
            "tcp-closed" => new AirEvent.TcpClosed(json.Number("connection"), json.Flag("reset")),
            "udp-received" => new AirEvent.UdpReceived(
                json.Number("socket"), json.Text("address"), json.Number("port", 0, 65_535), json.Bytes("bytes")),
            _ => throw new MalformedMessageException($"'{kind}' is no input of a modem"),
        };
    }

    /// <exception cref="MalformedMessageException">It is no output, or a field of it is wrong.</exception>
    public static ModemOutput Output(MessageObject json)
    {
        var kind = json.Text("kind");
        return kind switch
        {
            "powered-on" => new ModemReport.PoweredOn(Reason(json.Text("reason"))),
            "powered-off" => new ModemReport.PoweredOff(),
            "log-line" => new ModemReport.LogLine(json.Time("tickUs"), json.Bytes("bytes")),
            "uart-received" => new ModemReport.UartReceived(json.Number("port", 0, LastUart), json.Bytes("bytes")),
            "noticed" => new ModemReport.Noticed(json.Text("text")),
            "not-modelled" => new ModemReport.NotModelled(
                json.Text("function"), json.Text("place"), json.Number("count")),
            "vitals" => new ModemReport.Vitals(
                json.Long("heapUsed", 0, long.MaxValue), json.Long("heapPeak", 0, long.MaxValue),
                json.Long("heapLimit", 0, long.MaxValue), json.Number("systemHeapUsed"), json.Number("systemHeapPeak"),
                json.Number("systemHeapTotal"), json.Share("cpuBusy"), json.Time("watchdogLeftUs"),
                json.Time("watchdogFullUs")),
            "modem-lost" => new ModemReport.ModemLost(json.Text("reason")),
            "radio" => new AirRequest.Radio(json.Flag("on")),
            "resolve-host" => new AirRequest.ResolveHost(json.Number("query"), json.Text("host")),
            "open-tcp" => new AirRequest.OpenTcp(
                json.Number("connection"), json.Text("address"), json.Number("port")),
            "start-tls" => new AirRequest.StartTls(json.Number("connection"), json.Text("serverName")),
            "send-tcp" => new AirRequest.SendTcp(json.Number("connection"), json.Bytes("bytes")),
            "close-tcp" => new AirRequest.CloseTcp(json.Number("connection"), json.Flag("abort")),
            "send-udp" => new AirRequest.SendUdp(
                json.Number("socket"), json.Text("address"), json.Number("port"), json.Bytes("bytes")),
            _ => throw new MalformedMessageException($"'{kind}' is no output of a modem"),
        };
    }

    /// <summary>A reason that only a later version knows is none that this one could tell.</summary>
    private static StartReason Reason(string text) =>
        Enum.TryParse<StartReason>(text, out var reason) && Enum.IsDefined(reason) ? reason : StartReason.Unknown;
}
