using System.Security.Cryptography;
using System.Text;
using AirHil.Modem.Sessions;

namespace AirHil.Reports.Capture;

/// <summary>
/// Makes packets of what the service saw, for sessions whose air nobody watched: a board's. Handshakes and frames are
/// encoded again from what the session tells; times are the service's.
/// </summary>
internal sealed class ServicePackets(AirPackets air, Action<PacketDirection, byte[], string> write)
{
    private readonly Dictionary<int, TcpConversation> _conversations = [];
    private readonly Dictionary<int, string> _keys = [];

    public void Take(SessionEvent e)
    {
        if (e is not ServedEvent served) return;
        var number = served.Connection.Number;
        if (served is ServiceAccepted accepted)
        {
            Accept(accepted);
            return;
        }

        if (!_conversations.TryGetValue(number, out var conversation)) return;
        switch (served)
        {
            case UpgradeAsked:
                _keys[number] = KeyOf(e.Bytes.Span);
                conversation.Data(true, e.Bytes.Span);
                break;
            case UpgradeAccepted:
                conversation.Data(false, Accepted(_keys.GetValueOrDefault(number, "")));
                break;
            case UpgradeRefused { Status: var status }:
                conversation.Data(false, Encoding.ASCII.GetBytes($"HTTP/1.1 {status} \r\nContent-Length: 0\r\n\r\n"));
                break;
            case ClientGone gone:
                if (gone.Reset) conversation.Reset(fromModule: true);
                else conversation.Fin(fromModule: true);
                _conversations.Remove(number);
                break;
            case ServiceFinished:
                conversation.Fin(fromModule: false);
                _conversations.Remove(number);
                break;
            case RawIn:
                conversation.Data(true, e.Bytes.Span);
                break;
            case RawOut:
                conversation.Data(false, e.Bytes.Span);
                break;
            case FrameIn frame:
                conversation.Data(true, Frame(OpcodeOf(frame.Frame), true, e.Bytes.Span));
                break;
            case FrameOut frame:
                conversation.Data(false, Frame(OpcodeOf(frame.Frame), false, e.Bytes.Span));
                break;
        }
    }

    private void Accept(ServiceAccepted e)
    {
        var shown = e.IsTls ? 443 : e.Connection.Port;
        var conversation = new TcpConversation(
            air.NewEndpoint(e.Modem), air.EndpointOf(e.Connection.Host, shown), write);
        _conversations[e.Connection.Number] = conversation;
        conversation.Syn(AirPackets.NoteOn(shown));
        conversation.Opened();
    }

    private static byte OpcodeOf(FrameKind frame) => frame switch
    {
        FrameKind.Text => 1,
        FrameKind.Binary => 2,
        FrameKind.Close => 8,
        FrameKind.Ping => 9,
        _ => 10,
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
