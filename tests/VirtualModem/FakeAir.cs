using System.Text;

using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests;

/// <summary>
/// A tiny air with one WebSocket service behind every name; its times are those of the golden traces.
/// </summary>
internal sealed class FakeAir
{
    public static readonly TimeSpan RoundTrip = TimeSpan.FromMilliseconds(78);

    private readonly PriorityQueue<AirEvent, (TimeSpan, int)> _coming = new();
    private readonly Dictionary<int, int> _writes = [];
    private int _order;

    public TimeSpan DnsTime { get; init; } = TimeSpan.FromMilliseconds(95);
    public TimeSpan TlsTime { get; init; } = TimeSpan.FromMilliseconds(1220);
    public TimeSpan UdpTime { get; init; } = TimeSpan.FromMilliseconds(497);

    /// <summary>False: nothing that the modem sends arrives any more.</summary>
    public bool Answers { get; set; } = true;
    public bool AnswersDns { get; set; } = true;
    public bool AnswersUdp { get; set; } = true;
    public bool Covered { get; set; } = true;

    /// <summary>What the service answers to the upgrade.</summary>
    public string UpgradeReply { get; set; } = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n";

    /// <summary>What the service sends for a frame of the modem (unmasked payload); empty: nothing.</summary>
    public Func<byte, byte[], byte[]> Service { get; set; } = static (_, _) => [];

    /// <summary>Answers a request instead of what follows; false: it does not.</summary>
    public Func<FakeAir, AirRequest, TimeSpan, bool>? Other { get; set; }

    /// <summary>
    /// A server of the test's own instead of the service: it gets a connection, the bytes that the modem sent, and the
    /// time at which an answer comes.
    /// </summary>
    public Action<int, byte[], TimeSpan>? Server { get; set; }

    /// <summary>Whether every SYN is answered by RST.</summary>
    public bool Refuses { get; set; }

    public List<(TimeSpan At, AirRequest Request)> Requests { get; } = [];

    public int LastConnection { get; private set; }

    public TimeSpan? NextDue => _coming.TryPeek(out _, out var key) ? key.Item1 : null;

    public void Send(AirEvent happened, TimeSpan at) => _coming.Enqueue(happened, (at, ++_order));

    public bool TryTake(TimeSpan now, out AirEvent happened)
    {
        if (_coming.TryPeek(out happened!, out var key) && key.Item1 <= now)
        {
            _coming.Dequeue();
            return true;
        }

        return false;
    }

    public void Handle(AirRequest request, TimeSpan now)
    {
        Requests.Add((now, request));
        if (request is AirRequest.Radio radio)
        {
            if (radio.On && Covered) Send(new AirEvent.CoverageChanged(true), now);
            return;
        }

        if (!Answers || Other?.Invoke(this, request, now) == true) return;
        switch (request)
        {
            case AirRequest.ResolveHost resolve when AnswersDns:
                Send(new AirEvent.HostResolved(resolve.Query, "203.0.113.7"), now + DnsTime);
                break;
            case AirRequest.OpenTcp open when Refuses:
                Send(new AirEvent.TcpRefused(open.Connection), now + RoundTrip);
                break;
            case AirRequest.OpenTcp open:
                LastConnection = open.Connection;
                _writes[open.Connection] = 0;
                Send(new AirEvent.TcpOpened(open.Connection), now + RoundTrip);
                break;
            case AirRequest.StartTls tls:
                Send(new AirEvent.TlsOpened(tls.Connection), now + TlsTime);
                break;
            case AirRequest.SendTcp send:
                Send(new AirEvent.TcpAcknowledged(send.Connection, send.Bytes.Length), now + RoundTrip);
                if (Server is null) Serve(send, now + RoundTrip + TimeSpan.FromMilliseconds(1));
                else Server(send.Connection, send.Bytes.ToArray(), now + RoundTrip + TimeSpan.FromMilliseconds(1));
                break;
            case AirRequest.SendUdp datagram when AnswersUdp:
                Send(new AirEvent.UdpReceived(datagram.Socket, datagram.Address, datagram.Port, "OK"u8.ToArray()),
                    now + UdpTime);
                break;
            default:
                break;
        }
    }

    /// <summary>An unmasked frame of the service.</summary>
    public static byte[] Frame(byte firstByte, ReadOnlySpan<byte> payload) => payload.Length < 126
        ? [firstByte, (byte)payload.Length, .. payload]
        : [firstByte, 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];

    /// <summary>Echoes text as text, after the manner of the tutorial's service.</summary>
    public static byte[] Echo(byte opcode, byte[] payload) => opcode == 1 ? Frame(0x81, payload) : [];

    private void Serve(AirRequest.SendTcp send, TimeSpan at)
    {
        var upgradeEnds = Encoding.ASCII.GetString(send.Bytes.Span).EndsWith("\r\n\r\n", StringComparison.Ordinal);
        if (_writes[send.Connection] == 0)
        {
            if (!upgradeEnds) return;
            _writes[send.Connection] = 1;
            Send(new AirEvent.TcpReceived(send.Connection, Encoding.ASCII.GetBytes(UpgradeReply)), at);
            return;
        }

        var frame = send.Bytes.Span;
        var length = frame[1] & 0x7F;
        var header = length == 126 ? 8 : 6;
        var payload = frame[header..].ToArray();
        for (var i = 0; i < payload.Length; i++) payload[i] ^= (byte)(i & 3);
        var answer = Service((byte)(frame[0] & 0x0F), payload);
        if (answer.Length > 0) Send(new AirEvent.TcpReceived(send.Connection, answer), at);
    }
}
