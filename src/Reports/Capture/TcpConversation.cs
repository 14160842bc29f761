using System.Net;

namespace AirHil.Reports.Capture;

/// <summary>One connection as packets would have shown it at the module's antenna.</summary>
/// <param name="write">Takes each packet with its direction.</param>
internal sealed class TcpConversation(
    IPEndPoint module, IPEndPoint host, Action<PacketDirection, byte[], string> write)
{
    /// <summary>The module's MSS (reference §4.4).</summary>
    private const int SegmentBytes = 1340;

    /// <summary>Bytes one way after which the other side acknowledges without having anything to say.</summary>
    private const int MostUnacknowledged = 16 * 1024;

    private uint _moduleNext = 1000;
    private uint _hostNext = 500_000;
    private int _unacknowledged;

    /// <summary>Both handshakes' ends have been shown.</summary>
    public bool IsOpen { get; private set; }

    public void Syn(string comment)
    {
        Send(true, TcpFlags.Syn, default, comment);
        _moduleNext++;
    }

    public void Opened()
    {
        Send(false, TcpFlags.Syn | TcpFlags.Ack, default);
        _hostNext++;
        Send(true, TcpFlags.Ack, default);
        IsOpen = true;
    }

    public void Data(bool fromModule, ReadOnlySpan<byte> bytes, string comment = "")
    {
        IsOpen = true;
        while (!bytes.IsEmpty)
        {
            var segment = bytes[..Math.Min(bytes.Length, SegmentBytes)];
            bytes = bytes[segment.Length..];
            Send(fromModule, TcpFlags.Ack | (bytes.IsEmpty ? TcpFlags.Psh : 0), segment, comment);
            if (fromModule) _moduleNext += (uint)segment.Length;
            else _hostNext += (uint)segment.Length;
            _unacknowledged += segment.Length;
            if (_unacknowledged < MostUnacknowledged) continue;
            Send(!fromModule, TcpFlags.Ack, default);
            _unacknowledged = 0;
        }
    }

    public void Fin(bool fromModule)
    {
        Send(fromModule, TcpFlags.Fin | TcpFlags.Ack, default);
        if (fromModule) _moduleNext++;
        else _hostNext++;
        Send(!fromModule, TcpFlags.Ack, default);
    }

    public void Reset(bool fromModule, string comment = "") =>
        Send(fromModule, TcpFlags.Rst | TcpFlags.Ack, default, comment);

    private void Send(bool fromModule, TcpFlags flags, ReadOnlySpan<byte> content, string comment = "")
    {
        var packet = fromModule
            ? IpPacket.OfTcp(module, host, _moduleNext, _hostNext, flags, content)
            : IpPacket.OfTcp(host, module, _hostNext, _moduleNext, flags, content);
        write(fromModule ? PacketDirection.Outbound : PacketDirection.Inbound, packet, comment);
    }
}
