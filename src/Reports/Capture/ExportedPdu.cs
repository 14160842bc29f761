using System.Buffers.Binary;
using System.Text;

namespace AirHil.Reports.Capture;

/// <summary>
/// A payload with tags that tell Wireshark how to show it (epan/exported_pdu.h): the dissector, and the texts of the
/// columns "Protocol" and "Info".
/// </summary>
internal static class ExportedPdu
{
    private const ushort DissectorName = 12;
    private const ushort ProtocolText = 33;
    private const ushort PointToPointDirection = 35;
    private const ushort InfoText = 36;

    /// <summary>Bytes of a serial line: lines of text where they are text.</summary>
    public static byte[] OfBytes(
        string protocol, string info, PacketDirection direction, ReadOnlySpan<byte> content)
    {
        var isText = content.Length > 0 && content.IndexOfAnyExceptInRange((byte)9, (byte)126) < 0;
        return Of(isText ? "data-text-lines" : "data", protocol, info, direction, content);
    }

    /// <summary>
    /// A line that tells something. The syslog dissector puts it into the column "Info"; Wireshark before 4.2 does not
    /// know the tag for that.
    /// </summary>
    public static byte[] OfLine(string protocol, string info, PacketDirection direction, ReadOnlySpan<byte> line) =>
        Of("syslog", protocol, info, direction, line);

    private static byte[] Of(
        string dissector, string protocol, string info, PacketDirection direction, ReadOnlySpan<byte> content)
    {
        using var pdu = new MemoryStream();
        Tag(pdu, DissectorName, Encoding.ASCII.GetBytes(dissector));
        Tag(pdu, ProtocolText, Encoding.UTF8.GetBytes(protocol));
        if (info.Length > 0) Tag(pdu, InfoText, Encoding.UTF8.GetBytes(info));
        if (direction != PacketDirection.Unknown)
        {
            Tag(pdu, PointToPointDirection, [0, 0, 0, (byte)(direction == PacketDirection.Outbound ? 0 : 1)]);
        }

        Tag(pdu, 0, default);
        pdu.Write(content);
        return pdu.ToArray();
    }

    private static void Tag(MemoryStream pdu, ushort tag, ReadOnlySpan<byte> value)
    {
        var length = (value.Length + 3) & ~3;
        Span<byte> head = stackalloc byte[4];
        BinaryPrimitives.WriteUInt16BigEndian(head, tag);
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)length);
        pdu.Write(head);
        pdu.Write(value);
        for (var i = value.Length; i < length; i++) pdu.WriteByte(0);
    }
}
