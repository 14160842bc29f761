using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Capture;

/// <summary>
/// Makes packets of what a session tells of the air: addresses, sequence numbers and headers are made up, contents,
/// order and times are the session's, as at the module. What was lost on the way is not in a session.
/// </summary>
/// <param name="write">Takes each packet with its direction and a comment.</param>
internal sealed partial class AirPackets(Action<PacketDirection, byte[], string> write)
{
    private const int MostConversations = 4096;
    private const int TlsPort = 443;

    /// <summary>Sessions do not tell the ports of datagrams.</summary>
    private const int UnknownPort = 49_999;

    private const string TlsNote =
        "TLS is not in a session: these are the application's bytes. Port 443 is shown as 80 so that they are decoded.";

    private static readonly IPEndPoint NameServer = new(new IPAddress([198, 18, 0, 53]), 53);

    private readonly Dictionary<string, TcpConversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPAddress> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPAddress> _modems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<(ushort Id, string Host)>> _queries = new(StringComparer.Ordinal);
    private ushort _nextQuery = 1;
    private int _nextPort = 49_152;

    /// <summary>Whether anything of TCP was told; if so, the service's own view of it is not needed.</summary>
    public bool HasSeenTcp { get; private set; }

    public void Take(SessionEvent e)
    {
        if (e.Kind.StartsWith("tcp.", StringComparison.Ordinal)) TakeTcp(e);
        else if (e.Kind.StartsWith("dns.", StringComparison.Ordinal)) TakeDns(e);
        else if (e.Kind is "udp.tx" or "udp.rx") TakeDatagram(e);
    }

    /// <summary>An endpoint of the module's own, with a port that no connection had before.</summary>
    public IPEndPoint NewEndpoint(string modem)
    {
        if (_nextPort > 65_000) _nextPort = 49_152;
        return new IPEndPoint(AddressOfModem(modem), _nextPort++);
    }

    /// <summary>Where a host is, and on which port its bytes are decoded.</summary>
    public IPEndPoint EndpointOf(string host, int port) => new(AddressOf(host), port == TlsPort ? 80 : port);

    /// <summary>What to say of a connection to that port; "" for nothing.</summary>
    public static string NoteOn(int port) => port == TlsPort ? TlsNote : "";

    private void TakeTcp(SessionEvent e)
    {
        HasSeenTcp = true;
        if (Label().Match(e.Text) is not { Success: true } label) return;
        var number = label.Groups["number"].Value;
        if (e.Kind == "tcp.open")
        {
            Open(e.Modem, number, label).Syn(NoteOn(Port(label)));
            return;
        }

        if (!_conversations.TryGetValue(number, out var conversation))
        {
            // A session that was cut may begin in the middle of a connection.
            if (e.Kind is not ("tcp.tx" or "tcp.rx")) return;
            conversation = Open(e.Modem, number, label);
        }

        switch (e.Kind)
        {
            case "tcp.opened":
                conversation.Opened();
                break;
            case "tcp.tx":
                conversation.Data(true, e.Bytes.Span);
                break;
            case "tcp.rx":
                conversation.Data(false, e.Bytes.Span);
                break;
            case "tcp.close":
                if (conversation.IsOpen) conversation.Fin(fromModule: true);
                break;
            case "tcp.closed.fin":
                conversation.Fin(fromModule: false);
                break;
            case "tcp.abort":
                End(number, () => conversation.Reset(fromModule: true));
                break;
            case "tcp.refused":
                End(number, () => conversation.Reset(fromModule: false, "refused"));
                break;
            case "tcp.reset" or "tcp.closed.rst":
                End(number, () => conversation.Reset(fromModule: false));
                break;
            case "tcp.abandoned" or "tcp.timeout":
                End(number, () => { });
                break;
        }
    }

    private TcpConversation Open(string modem, string number, Match label)
    {
        if (_conversations.Count >= MostConversations) _conversations.Remove(_conversations.Keys.First());
        var address = label.Groups["address"].Value;
        var host = address.Length > 0 ? address : label.Groups["host"].Value;
        return _conversations[number] =
            new TcpConversation(NewEndpoint(modem), EndpointOf(host, Port(label)), write);
    }

    private void End(string number, Action last)
    {
        last();
        _conversations.Remove(number);
    }

    private void TakeDns(SessionEvent e)
    {
        if (!_queries.TryGetValue(e.Modem, out var pending)) _queries[e.Modem] = pending = [];
        var module = new IPEndPoint(AddressOfModem(e.Modem), 49_000);
        if (e.Kind == "dns.query")
        {
            // A query that is repeated has not been answered.
            if (pending.Any(q => q.Host == e.Text))
            {
                _queries[e.Modem] = pending = new(pending.Where(q => q.Host != e.Text));
            }

            if (pending.Count > 64) pending.Dequeue();
            pending.Enqueue((_nextQuery, e.Text));
            write(PacketDirection.Outbound,
                IpPacket.OfUdp(module, NameServer, DnsMessage.Query(_nextQuery++, e.Text)), "");
            return;
        }

        if (!pending.TryDequeue(out var query)) return;
        var answer = DnsMessage.NoSuchName(query.Id, query.Host);
        if (e.Kind == "dns.answer" && IPAddress.TryParse(e.Text, out var address))
        {
            _hosts[query.Host] = address;
            answer = DnsMessage.Answer(query.Id, query.Host, address);
        }

        write(PacketDirection.Inbound, IpPacket.OfUdp(NameServer, module, answer), "");
    }

    private void TakeDatagram(SessionEvent e)
    {
        var module = new IPEndPoint(AddressOfModem(e.Modem), UnknownPort);
        var host = new IPEndPoint(AddressOf(e.Text), UnknownPort);
        const string Note = "The ports are not in the session.";
        if (e.Kind == "udp.tx")
        {
            write(PacketDirection.Outbound, IpPacket.OfUdp(module, host, e.Bytes.Span), Note);
        }
        else
        {
            write(PacketDirection.Inbound, IpPacket.OfUdp(host, module, e.Bytes.Span), Note);
        }
    }

    private IPAddress AddressOf(string host)
    {
        if (IPAddress.TryParse(host, out var address)
            && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return address;
        }

        if (_hosts.TryGetValue(host, out var known)) return known;
        // RFC 5737's addresses for documentation.
        return _hosts[host] = new IPAddress([198, 51, 100, (byte)(1 + (_hosts.Count % 250))]);
    }

    private IPAddress AddressOfModem(string modem)
    {
        if (_modems.TryGetValue(modem, out var known)) return known;
        var number = _modems.Count + 1;
        return _modems[modem] = new IPAddress([10, 0, (byte)(number >> 8), (byte)number]);
    }

    private static int Port(Match label) => int.Parse(label.Groups["port"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:(?<address>\S+) )?#(?<number>\d+) (?<host>\S+):(?<port>\d{1,5})$")]
    private static partial Regex Label();
}
