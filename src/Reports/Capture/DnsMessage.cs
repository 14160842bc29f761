using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace AirHil.Reports.Capture;

/// <summary>Queries for an A record and their answers (RFC 1035).</summary>
internal static class DnsMessage
{
    public static byte[] Query(ushort id, string host) => Build(id, 0x0100, host, null);

    public static byte[] Answer(ushort id, string host, IPAddress address) => Build(id, 0x8180, host, address);

    public static byte[] NoSuchName(ushort id, string host) => Build(id, 0x8183, host, null);

    private static byte[] Build(ushort id, ushort flags, string host, IPAddress? address)
    {
        using var message = new MemoryStream();
        foreach (var number in (ReadOnlySpan<ushort>)[id, flags, 1, (ushort)(address is null ? 0 : 1), 0, 0])
        {
            Number(message, number);
        }

        foreach (var label in host.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bytes = Encoding.ASCII.GetBytes(label);
            var length = Math.Min(bytes.Length, 63);
            message.WriteByte((byte)length);
            message.Write(bytes, 0, length);
        }

        message.WriteByte(0);
        Number(message, 1);
        Number(message, 1);
        if (address is null) return message.ToArray();
        Number(message, 0xC00C); // The name of the question.
        Number(message, 1);
        Number(message, 1);
        Number(message, 0);
        Number(message, 60);
        Number(message, 4);
        message.Write(address.GetAddressBytes());
        return message.ToArray();
    }

    private static void Number(MemoryStream message, ushort value)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        message.Write(bytes);
    }
}
