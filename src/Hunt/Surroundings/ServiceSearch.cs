using System.Text;
using AirHil.Modem.Sessions;
using AirHil.Rig.Runs;
using AirHil.Rig.Service;
using AirHil.Rig.Service.Machine;

namespace AirHil.Hunt.Surroundings;

/// <summary>
/// The services that a script calls and that nobody plays yet, each in the protocol that the script speaks.
/// </summary>
internal static class ServiceSearch
{
    private const int NtpPort = 123;
    private const int FtpPort = 21;
    private const int MqttsPort = 8883;
    private const byte MqttConnect = 0x10;
    private static readonly string[] Methods = ["GET ", "POST ", "PUT ", "DELETE ", "HEAD ", "PATCH "];

    /// <summary>What a run lacks: new services, and others in the place of those that speak a wrong protocol.</summary>
    public static IEnumerable<Neighbour.Service> Missing(
        ProbeOutcome outcome, IReadOnlyList<Neighbour> around, BenchOptions options) =>
        Unanswered(outcome, around, options).Concat(Named(
            Spoken(outcome).Concat(Encrypted(outcome, around)).Concat(Paths(outcome))).DistinctBy(Key).Select(Of));

    /// <summary>What the script calls and no service is, whatever protocol those speak that are there.</summary>
    public static IEnumerable<Neighbour.Service> Unanswered(
        ProbeOutcome outcome, IReadOnlyList<Neighbour> around, BenchOptions options)
    {
        var known = around.OfType<Neighbour.Service>().Select(s => s.Endpoint).Concat(options.Services)
            .Select(endpoint => Key(endpoint.Url)).ToHashSet();
        return Named(Strangers(outcome).Concat(Refused(outcome)).Concat(Datagrams(outcome)))
            .Where(url => known.Add(Key(url))).Select(Of);
    }

    /// <summary>Where a service is, whatever it speaks: two cannot be at one place.</summary>
    public static (string Host, int Port, bool IsUdp) Key(ServiceUrl url) =>
        (url.Host, url.Port, url.Transport == ServiceTransport.Udp);

    /// <summary>A service of the simplest kind.</summary>
    public static Neighbour.Service Of(ServiceUrl url) => Of(url, url.Scheme switch
    {
        "http" or "https" => "200 ok",
        "mqtt" or "mqtts" => "broker",
        "ftp" => "server",
        "ntp" => "right",
        _ => "echo",
    });

    public static Neighbour.Service Of(ServiceUrl url, string does) => new(EndpointText.Parse(url, does), does);

    /// <summary>Those that a step can name: scripts call names that no service can have, too.</summary>
    private static IEnumerable<ServiceUrl> Named(IEnumerable<ServiceUrl> urls) =>
        urls.Select(url => Read(url.ToString())).OfType<ServiceUrl>();

    private static ServiceUrl? Read(string text)
    {
        if (text.Any(char.IsControl) || (text.Contains('"') && text.Contains('\''))) return null;
        try
        {
            return ServiceUrl.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static IEnumerable<ServiceUrl> Strangers(ProbeOutcome outcome) =>
        outcome.Strangers.Select(stranger => stranger.Url).OfType<string>().Select(Read).OfType<ServiceUrl>()
            .Select(Likely);

    /// <summary>What speaks first is not shown by what the script sends: at its port there is an FTP server.</summary>
    private static ServiceUrl Likely(ServiceUrl url) =>
        url is { Scheme: "tcp", Port: FtpPort } ? url with { Scheme = "ftp" } : url;

    /// <summary>A port of a host that is known by its address, or that has other ports.</summary>
    private static IEnumerable<ServiceUrl> Refused(ProbeOutcome outcome)
    {
        var opening = new Dictionary<int, TcpOpening>();
        foreach (var happened in outcome.Events)
        {
            if (happened is TcpOpening open) opening[open.Connection.Number] = open;
            if (happened is not (TcpRefused or TcpTimedOut)) continue;
            var connection = ((IConnected)happened).Connection;
            if (!opening.TryGetValue(connection.Number, out var begun)) continue;
            var host = connection.Host.Length > 0 ? connection.Host : begun.Address;
            if (host.Length > 0) yield return Likely(new ServiceUrl("tcp", host, connection.Port, "/"));
        }
    }

    private static IEnumerable<ServiceUrl> Datagrams(ProbeOutcome outcome)
    {
        var taken = outcome.Events.OfType<DatagramIn>().Select(e => (e.Connection.Host, e.Connection.Port)).ToHashSet();
        return outcome.Events.OfType<UdpSent>().Select(e => e.Connection)
            .Where(c => c.Host.Length > 0 && !taken.Contains((c.Host, c.Port)))
            .Select(c => new ServiceUrl(c.Port == NtpPort ? "ntp" : "udp", c.Host, c.Port, "/"));
    }

    /// <summary>What the first bytes on plain TCP show: HTTP, a WebSocket or MQTT.</summary>
    private static IEnumerable<ServiceUrl> Spoken(ProbeOutcome outcome) => outcome.Events.OfType<RawIn>()
        .DistinctBy(e => e.Connection.Number)
        .Select(e => Scheme(e.Bytes.Span) is { } scheme
            ? new ServiceUrl(scheme, e.Connection.Host, e.Connection.Port, "/")
            : null)
        .OfType<ServiceUrl>();

    /// <summary>TLS at a plain service; what is spoken in it shows when it has opened.</summary>
    private static IEnumerable<ServiceUrl> Encrypted(ProbeOutcome outcome, IReadOnlyList<Neighbour> around)
    {
        var plain = around.OfType<Neighbour.Service>().Select(s => s.Endpoint.Url).Where(url => url.Scheme == "tcp")
            .Select(Key).ToHashSet();
        return outcome.Events.OfType<TlsFailed>().Select(e => e.Connection)
            .Select(c => new ServiceUrl(c.Port == MqttsPort ? "mqtts" : "https", c.Host, c.Port, "/"))
            .Where(url => plain.Contains(Key(url)));
    }

    private static string? Scheme(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        if (text.Length > 0 && text[0] == MqttConnect && text.Contains("MQ", StringComparison.Ordinal)) return "mqtt";
        if (!Methods.Any(method => text.StartsWith(method, StringComparison.Ordinal))) return null;
        return text.Contains("upgrade: websocket", StringComparison.OrdinalIgnoreCase) ? "ws" : "http";
    }

    /// <summary>The path that an upgrade asked for in vain, of WebSockets or of HTTP.</summary>
    private static IEnumerable<ServiceUrl> Paths(ProbeOutcome outcome)
    {
        var asked = new Dictionary<int, string>();
        var isTls = new HashSet<int>();
        foreach (var happened in outcome.Events)
        {
            switch (happened)
            {
                case TlsOpened opened:
                    isTls.Add(opened.Connection.Number);
                    break;
                case UpgradeAsked ask:
                    asked[ask.Connection.Number] = Encoding.Latin1.GetString(ask.Bytes.Span);
                    break;
                case UpgradeRefused { Connection: var connection }
                    when asked.TryGetValue(connection.Number, out var head) && head.Split(' ') is [_, var path, ..]:
                    yield return Socket(connection, path);
                    break;
                case HttpRequested request when request.HasHeader("Upgrade: websocket"):
                    yield return Socket(request.Connection, request.Target);
                    break;
            }
        }

        ServiceUrl Socket(Connection connection, string path) =>
            new(isTls.Contains(connection.Number) ? "wss" : "ws", connection.Host, connection.Port, path);
    }
}
