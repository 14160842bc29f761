using System.Buffers.Binary;
using System.Text;
using AirHil.Modem.Faults;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>Packets as they go over the wire (MQTT 3.1.1 §2 and §3).</summary>
internal static class MqttPacketWriter
{
    public static byte[] Encode(MqttPacket packet)
    {
        var body = new List<byte>();
        var flags = 0;
        switch (packet)
        {
            case MqttPacket.Connect connect:
                Write(body, connect);
                break;
            case MqttPacket.Connack connack:
                body.AddRange([(byte)(connack.IsPresent ? 1 : 0), (byte)connack.Code]);
                break;
            case MqttPacket.Publish publish:
                flags = (publish.IsAgain ? 8 : 0) | (publish.Quality << 1) | (publish.IsRetained ? 1 : 0);
                Text(body, publish.Topic);
                if (publish.Quality > 0) Number(body, publish.Id);
                body.AddRange(publish.Payload.Span);
                break;
            case MqttPacket.Ack ack:
                flags = ack.Type == MqttPacketType.Pubrel ? 2 : 0;
                Number(body, ack.Id);
                break;
            case MqttPacket.Subscribe subscribe:
                flags = 2;
                Number(body, subscribe.Id);
                foreach (var (filter, quality) in subscribe.Filters)
                {
                    Text(body, filter);
                    body.Add((byte)quality);
                }

                break;
            case MqttPacket.Suback suback:
                Number(body, suback.Id);
                foreach (var code in suback.Codes) body.Add((byte)code);
                break;
            case MqttPacket.Unsubscribe unsubscribe:
                flags = 2;
                Number(body, unsubscribe.Id);
                foreach (var filter in unsubscribe.Filters) Text(body, filter);
                break;
            case MqttPacket.Empty:
                break;
            default:
                throw new InvalidOperationException($"{packet.Type} cannot be written");
        }

        var bytes = new List<byte>(body.Count + 5) { (byte)(((int)packet.Type << 4) | flags) };
        var left = body.Count;
        do
        {
            var digit = left & 0x7F;
            left >>= 7;
            bytes.Add((byte)(left > 0 ? digit | 0x80 : digit));
        }
        while (left > 0);
        bytes.AddRange(body);
        return [.. bytes];
    }

    private static void Write(List<byte> body, MqttPacket.Connect connect)
    {
        var will = connect.Will;
        var flags = (connect.User is null ? 0 : 0x80) | (connect.Password is null ? 0 : 0x40)
            | (connect.IsClean ? 2 : 0)
            | (will is null ? 0 : 4 | (will.Quality << 3) | (will.IsRetained ? 0x20 : 0));
        Text(body, connect.Protocol);
        body.AddRange([(byte)connect.Level, (byte)flags]);
        Number(body, connect.KeepAlive);
        Text(body, connect.ClientId);
        if (will is not null)
        {
            Text(body, will.Topic);
            Binary(body, will.Payload.Span);
        }

        if (connect.User is { } user) Text(body, user);
        if (connect.Password is { } password) Binary(body, password.Span);
    }

    private static void Text(List<byte> body, string text) => Binary(body, Encoding.UTF8.GetBytes(text));

    private static void Binary(List<byte> body, ReadOnlySpan<byte> bytes)
    {
        Number(body, bytes.Length);
        body.AddRange(bytes);
    }

    private static void Number(List<byte> body, int number)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, checked((ushort)number));
        body.AddRange(bytes);
    }
}
