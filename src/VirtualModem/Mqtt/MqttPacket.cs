namespace AirHil.VirtualModem.Mqtt;

/// <summary>
/// Packets of MQTT 3.1.1 as the firmware's library writes and reads them, with its sizes of 8 bits
/// (L:components/network/libemqtt/libemqtt.c).
/// </summary>
internal static class MqttPacket
{
    public const int Connack = 0x20;
    public const int Publish = 0x30;
    public const int Puback = 0x40;
    public const int Pubrec = 0x50;
    public const int Pubrel = 0x60;
    public const int Pubcomp = 0x70;
    public const int Suback = 0x90;
    public const int Unsuback = 0xB0;
    public const int PingAnswer = 0xD0;
    public const int Disconnect = 0xE0;

    private const int PingRequest = 0xC0;
    private const int Subscribe = 0x82;
    private const int Unsubscribe = 0xA2;
    private const int RequestFlags = 0x02;

    /// <summary>A packet of type and length alone.</summary>
    public static readonly ReadOnlyMemory<byte> Ping = new byte[] { PingRequest, 0 };

    /// <summary>What tells the broker of an orderly end.</summary>
    public static readonly ReadOnlyMemory<byte> Goodbye = new byte[] { Disconnect, 0 };

    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP.</summary>
    public static byte[] Answer(int type, ushort id) =>
        [(byte)(type | (type == Pubrel ? RequestFlags : 0)), 2, (byte)(id >> 8), (byte)id];

    /// <summary>A length in as many bytes as it needs.</summary>
    public static byte[] Length(uint length)
    {
        var bytes = new List<byte>();
        do
        {
            var digit = (byte)(length % 128);
            length /= 128;
            bytes.Add((byte)(length > 0 ? digit | 0x80 : digit));
        }
        while (length > 0);
        return [.. bytes];
    }

    /// <summary>
    /// PUBLISH. The size of its headers is a byte: from 256 bytes on, the payload lies over them.
    /// </summary>
    /// <param name="overflows">Whether the firmware writes past its memory.</param>
    public static byte[] WritePublish(
        ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload, int qos, bool retain, ushort id, out bool overflows)
    {
        byte[] last = qos is 1 or 2 ? [(byte)(id >> 8), (byte)id] : [];
        var first = (byte)(Publish | (qos is 1 or 2 ? qos << 1 : 0) | (retain ? 1 : 0));
        var topicLength = (ushort)topic.Length;
        byte[] name = [(byte)(topicLength >> 8), (byte)topicLength, .. topic[..topicLength], .. last];
        byte[] headers = [first, .. Length((uint)(name.Length + payload.Length)), .. name];
        var size = (byte)headers.Length;
        var packet = new byte[size + payload.Length];
        overflows = headers.Length > Math.Max(packet.Length, packet.Length <= SmallPacket ? SmallPacket : 0);
        headers.AsSpan(0, Math.Min(headers.Length, packet.Length)).CopyTo(packet);
        payload.CopyTo(packet.AsSpan(size));
        return packet;
    }

    /// <summary>Packets up to this size are made on the stack.</summary>
    public const int SmallPacket = 128;

    /// <summary>SUBSCRIBE of one topic; its length is one byte.</summary>
    public static byte[] WriteSubscribe(ReadOnlySpan<byte> topic, int qos, ushort id) =>
        Request(Subscribe, topic, [(byte)(qos > 2 ? 0 : qos)], id);

    /// <summary>UNSUBSCRIBE of one topic; its length is one byte.</summary>
    public static byte[] WriteUnsubscribe(ReadOnlySpan<byte> topic, ushort id) => Request(Unsubscribe, topic, [], id);

    private static byte[] Request(int type, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> tail, ushort id) =>
    [
        (byte)type, (byte)(4 + topic.Length + tail.Length), (byte)(id >> 8), (byte)id, (byte)(topic.Length >> 8),
        (byte)topic.Length, .. topic, .. tail,
    ];

    /// <summary>The high bits of a packet's first byte.</summary>
    public static int TypeOf(byte first) => first & 0xF0;

    public static int QosOf(byte first) => (first & 0x06) >> 1;

    /// <summary>How many bytes hold the length, at most 4.</summary>
    public static int LengthBytes(ReadOnlySpan<byte> packet)
    {
        if ((At(packet, 1) & 0x80) == 0) return 1;
        if ((At(packet, 2) & 0x80) == 0) return 2;
        return (At(packet, 3) & 0x80) == 0 ? 3 : 4;
    }

    /// <summary>The length, of as many bytes as go on; it wraps at 32 bits.</summary>
    public static uint ReadLength(ReadOnlySpan<byte> packet)
    {
        uint value = 0;
        uint multiplier = 1;
        for (var i = 1; i < packet.Length; i++)
        {
            value += (uint)(packet[i] & 127) * multiplier;
            multiplier *= 128;
            if ((packet[i] & 128) == 0) break;
        }

        return value;
    }

    /// <summary>
    /// The id that the firmware finds: in a PUBLISH behind the topic, at an offset of 8 bits; 0 where there is none.
    /// </summary>
    public static ushort ReadId(ReadOnlySpan<byte> packet)
    {
        var at = 1 + LengthBytes(packet);
        if (TypeOf(packet[0]) != Publish) return ReadWord(packet, at);
        return QosOf(packet[0]) == 0 ? (ushort)0 : ReadWord(packet, (byte)(At(packet, at + 1) + at + 2));
    }

    /// <summary>Where the topic and the payload of a PUBLISH lie for the firmware, at offsets of 8 bits.</summary>
    public static (int TopicAt, int TopicLength, int PayloadAt, uint PayloadLength) ReadPublish(
        ReadOnlySpan<byte> packet)
    {
        var at = 1 + LengthBytes(packet);
        var offset = (byte)(At(packet, at + 1) + at + 2 + (QosOf(packet[0]) != 0 ? 2 : 0));
        var length = unchecked(ReadLength(packet) - (uint)(offset - at));
        return (at + 2, ReadWord(packet, at), offset, length);
    }

    private static ushort ReadWord(ReadOnlySpan<byte> packet, int at) =>
        (ushort)((At(packet, at) << 8) | At(packet, at + 1));

    /// <summary>What lies beyond the receive buffer reads as 0.</summary>
    private static byte At(ReadOnlySpan<byte> packet, int at) => at < packet.Length ? packet[at] : (byte)0;
}
