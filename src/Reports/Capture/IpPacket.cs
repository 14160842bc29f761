using System.Buffers.Binary;
using System.Net;

namespace AirHil.Reports.Capture;

/// <summary>Builds IPv4 packets (RFC 791) with TCP (RFC 9293) or UDP (RFC 768) in them.</summary>
internal static class IpPacket
{
    private const int IpHeader = 20;
    private const int TcpHeader = 20;
    private const int UdpHeader = 8;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    public static byte[] OfTcp(
        IPEndPoint from, IPEndPoint to, uint sequence, uint acknowledged, TcpFlags flags, ReadOnlySpan<byte> content)
    {
        var packet = new byte[IpHeader + TcpHeader + content.Length];
        var tcp = packet.AsSpan(IpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], flags.HasFlag(TcpFlags.Ack) ? acknowledged : 0);
        tcp[12] = (TcpHeader / 4) << 4;
        tcp[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], ushort.MaxValue);
        content.CopyTo(tcp[TcpHeader..]);
        Address(packet, Tcp, from.Address, to.Address);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], Checksum(packet, Tcp));
        return packet;
    }

    public static byte[] OfUdp(IPEndPoint from, IPEndPoint to, ReadOnlySpan<byte> content)
    {
        var packet = new byte[IpHeader + UdpHeader + content.Length];
        var udp = packet.AsSpan(IpHeader);
        BinaryPrimitives.WriteUInt16BigEndian(udp, (ushort)from.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], (ushort)to.Port);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        content.CopyTo(udp[UdpHeader..]);
        Address(packet, Udp, from.Address, to.Address);
        var sum = Checksum(packet, Udp);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], sum == 0 ? ushort.MaxValue : sum);
        return packet;
    }

    private static void Address(Span<byte> packet, byte protocol, IPAddress from, IPAddress to)
    {
        packet[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        packet[6] = 0x40; // Do not fragment.
        packet[8] = 64;
        packet[9] = protocol;
        from.TryWriteBytes(packet[12..16], out _);
        to.TryWriteBytes(packet[16..20], out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Fold(Sum(packet[..IpHeader], 0)));
    }

    /// <summary>Over the pseudo header and the segment.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> packet, byte protocol) =>
        Fold(Sum(packet[IpHeader..], Sum(packet[12..IpHeader], (uint)(protocol + packet.Length - IpHeader))));

    private static uint Sum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..])
        {
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
            sum = (sum & 0xFFFF) + (sum >> 16);
        }

        return bytes.Length == 1 ? sum + ((uint)bytes[0] << 8) : sum;
    }

    private static ushort Fold(uint sum)
    {
        while (sum >> 16 != 0) sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)~sum;
    }
}
