using System.Net;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Capture;

/// <summary>
/// Makes packets of what a session tells of the air: addresses, sequence numbers and headers are made up, contents,
/// order and times are the session's, as at the module. What was lost on the way is not in a session.
/// </summary>
/// <param name="write">Takes each packet with its direction and a comment.</param>
internal sealed class AirPackets(Action<PacketDirection, byte[], string> write)
{
    private const int MostConversations = 4096;
    private const int TlsPort = 443;

    /// <summary>Where the session does not tell the ports of datagrams.</summary>
    private const int UnknownPort = 49_999;

    private const int FirstSocketPort = 48_000;

    private const string TlsNote =
        "TLS is not in a session: these are the application's bytes. Port 443 is shown as 80 so that they are decoded.";

    private static readonly IPEndPoint NameServer = new(new IPAddress([198, 18, 0, 53]), 53);

    private readonly Dictionary<int, TcpConversation> _conversations = [];
    private readonly Dictionary<string, IPAddress> _hosts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IPAddress> _modems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<(ushort Id, string Host)>> _queries = new(StringComparer.Ordinal);
    private ushort _nextQuery = 1;
    private int _nextPort = 49_152;

    /// <summary>Whether anything of TCP was told; if so, the service's own view of it is not needed.</summary>
    public bool HasSeenTcp { get; private set; }

    public void Take(SessionEvent e)
    {
        switch (e)
        {
            case DnsAsked or DnsAnswered:
                TakeDns(e);
                break;
            case UdpSent or UdpReceived:
                TakeDatagram((ConnectionEvent)e);
                break;
            case ConnectionEvent tcp:
                TakeTcp(tcp);
                break;
        }
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

    private void TakeTcp(ConnectionEvent e)
    {
        var connection = e.Connection;
        if (connection.Port == 0) return;
        HasSeenTcp = true;
        if (e is TcpOpening opening)
        {
            Open(e.Modem, connection, opening.Address).Syn(NoteOn(connection.Port));
            return;
        }

        if (!_conversations.TryGetValue(connection.Number, out var conversation))
        {
            // A session that was cut may begin in the middle of a connection.
            if (e is not (TcpSent or TcpReceived)) return;
            conversation = Open(e.Modem, connection, "");
        }

        switch (e)
        {
            case TcpOpened:
                conversation.Opened();
                break;
            case TcpSent:
                conversation.Data(true, e.Bytes.Span);
                break;
            case TcpReceived:
                conversation.Data(false, e.Bytes.Span);
                break;
            case TcpClosed { Reset: false }:
                if (conversation.IsOpen) conversation.Fin(fromModule: true);
                break;
            case TcpEnded { Reset: false }:
                conversation.Fin(fromModule: false);
                break;
            case TcpClosed:
                End(connection, () => conversation.Reset(fromModule: true));
                break;
            case TcpRefused:
                End(connection, () => conversation.Reset(fromModule: false, "refused"));
                break;
            case TcpReset or TcpEnded:
                End(connection, () => conversation.Reset(fromModule: false));
                break;
            case TcpAbandoned or TcpTimedOut { AtService: false }:
                End(connection, () => { });
                break;
        }
    }

    private TcpConversation Open(string modem, Connection connection, string address)
    {
        if (_conversations.Count >= MostConversations) _conversations.Remove(_conversations.Keys.First());
        var host = connection.Host.Length > 0 ? connection.Host : address;
        return _conversations[connection.Number] =
            new TcpConversation(NewEndpoint(modem), EndpointOf(host, connection.Port), write);
    }

    private void End(Connection connection, Action last)
    {
        last();
        _conversations.Remove(connection.Number);
    }

    private void TakeDns(SessionEvent e)
    {
        if (!_queries.TryGetValue(e.Modem, out var pending)) _queries[e.Modem] = pending = [];
        var module = new IPEndPoint(AddressOfModem(e.Modem), 49_000);
        if (e is DnsAsked { Host: var asked })
        {
            // A query that is repeated has not been answered.
            if (pending.Any(q => q.Host == asked))
            {
                _queries[e.Modem] = pending = new(pending.Where(q => q.Host != asked));
            }

            if (pending.Count > 64) pending.Dequeue();
            pending.Enqueue((_nextQuery, asked));
            write(PacketDirection.Outbound,
                IpPacket.OfUdp(module, NameServer, DnsMessage.Query(_nextQuery++, asked)), "");
            return;
        }

        if (!pending.TryDequeue(out var query)) return;
        var answer = DnsMessage.NoSuchName(query.Id, query.Host);
        if (IPAddress.TryParse((e as DnsAnswered)?.Address, out var address))
        {
            _hosts[query.Host] = address;
            answer = DnsMessage.Answer(query.Id, query.Host, address);
        }

        write(PacketDirection.Inbound, IpPacket.OfUdp(NameServer, module, answer), "");
    }

    private void TakeDatagram(ConnectionEvent e)
    {
        // Format 1 does not tell the ports of datagrams.
        var (number, port) = (e.Connection.Number, e.Connection.Port);
        var isKnown = port > 0;
        var own = isKnown ? FirstSocketPort + (number & 0x3FF) : UnknownPort;
        var module = new IPEndPoint(AddressOfModem(e.Modem), own);
        var host = new IPEndPoint(AddressOf(e.Connection.Host), isKnown ? port : UnknownPort);
        var note = isKnown ? "" : "The ports are not in the session.";
        if (e is UdpSent)
        {
            write(PacketDirection.Outbound, IpPacket.OfUdp(module, host, e.Bytes.Span), note);
        }
        else
        {
            write(PacketDirection.Inbound, IpPacket.OfUdp(host, module, e.Bytes.Span), note);
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
}
