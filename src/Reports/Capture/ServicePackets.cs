using System.Security.Cryptography;
using System.Text;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Capture;

/// <summary>
/// Makes packets of what the service saw, for sessions whose air nobody watched: a board's. Handshakes and frames are
/// encoded anew from what the session tells; times are the service's.
/// </summary>
internal sealed class ServicePackets(AirPackets air, Action<PacketDirection, byte[], string> write)
{
    private readonly Dictionary<string, TcpConversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _keys = new(StringComparer.Ordinal);

    public void Take(SessionEvent e)
    {
        if (e.Kind == "service.accept")
        {
            Accept(e);
            return;
        }

        if (!_conversations.TryGetValue(e.Modem, out var conversation)) return;
        switch (e.Kind)
        {
            case "ws.upgrade":
                _keys[e.Modem] = KeyOf(e.Bytes.Span);
                conversation.Data(true, e.Bytes.Span);
                break;
            case "ws.open":
                conversation.Data(false, Accepted(_keys.GetValueOrDefault(e.Modem, "")));
                break;
            case "ws.refused":
                conversation.Data(false, Encoding.ASCII.GetBytes($"HTTP/1.1 {e.Text} \r\nContent-Length: 0\r\n\r\n"));
                break;
            case "ws.gone" or "tcp.gone":
                if (e.Text == "reset") conversation.Reset(fromModule: true);
                else conversation.Fin(fromModule: true);
                _conversations.Remove(e.Modem);
                break;
            case "service.fin":
                conversation.Fin(fromModule: false);
                _conversations.Remove(e.Modem);
                break;
            case "tcp.in":
                conversation.Data(true, e.Bytes.Span);
                break;
            case "tcp.out":
                conversation.Data(false, e.Bytes.Span);
                break;
            default:
                if (OpcodeOf(e.Kind) is { } opcode)
                {
                    var fromModule = e.Kind.EndsWith(".in", StringComparison.Ordinal);
                    conversation.Data(fromModule, Frame(opcode, fromModule, e.Bytes.Span));
                }

                break;
        }
    }

    private void Accept(SessionEvent e)
    {
        var place = e.Text.Split(' ')[0];
        var split = place.LastIndexOf(':');
        if (split < 0 || !int.TryParse(place.AsSpan(split + 1), out var port)) return;
        var shown = e.Text.Contains(" tls", StringComparison.Ordinal) ? 443 : port;
        var conversation = new TcpConversation(air.NewEndpoint(e.Modem), air.EndpointOf(place[..split], shown), write);
        _conversations[e.Modem] = conversation;
        conversation.Syn(AirPackets.NoteOn(shown));
        conversation.Opened();
    }

    private static byte? OpcodeOf(string kind) => kind switch
    {
        "ws.text.in" or "ws.text.out" => 1,
        "ws.binary.in" or "ws.binary.out" => 2,
        "ws.close.in" or "ws.close.out" => 8,
        "ws.ping.in" or "ws.ping.out" => 9,
        "ws.pong.in" or "ws.pong.out" => 10,
        _ => null,
    };

    /// <summary>RFC 6455 §5.2; a client masks, here with zeros, so that the bytes can be read.</summary>
    private static byte[] Frame(byte opcode, bool masks, ReadOnlySpan<byte> payload)
    {
        var mask = (byte)(masks ? 0x80 : 0);
        byte[] head = payload.Length switch
        {
            < 126 => [(byte)(0x80 | opcode), (byte)(mask | payload.Length)],
            <= ushort.MaxValue =>
                [(byte)(0x80 | opcode), (byte)(mask | 126), (byte)(payload.Length >> 8), (byte)payload.Length],
            _ =>
            [
                (byte)(0x80 | opcode), (byte)(mask | 127), 0, 0, 0, 0, (byte)(payload.Length >> 24),
                (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length,
            ],
        };
        return [.. head, .. masks ? new byte[4] : [], .. payload];
    }

    private static string KeyOf(ReadOnlySpan<byte> head)
    {
        foreach (var line in Encoding.Latin1.GetString(head).Split("\r\n"))
        {
            var split = line.IndexOf(':', StringComparison.Ordinal);
            if (split > 0 && line[..split].Equals("Sec-WebSocket-Key", StringComparison.OrdinalIgnoreCase))
            {
                return line[(split + 1)..].Trim();
            }
        }

        return "";
    }

    private static byte[] Accepted(string key)
    {
#pragma warning disable CA5350 // RFC 6455 §1.3 fixes both the text and the digest
        var digest = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        return Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
            $"Sec-WebSocket-Accept: {Convert.ToBase64String(digest)}\r\n\r\n");
    }
}
