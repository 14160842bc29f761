using System.Text;

using AirHil.Modem;
using AirHil.VirtualModem.Mqtt;

namespace AirHil.VirtualModem.Tests.Mqtt;

/// <summary>Packets as libemqtt writes and reads them, its sizes of 8 bits included.</summary>
public sealed class MqttPacketTests
{
    [Theory]
    [InlineData("a/b", "hi", 0, false, "300700 03 612f62 6869")]
    [InlineData("a/b", "hi", 1, true, "330900 03 612f62 0102 6869")]
    [InlineData("a/b", "", 2, false, "340700 03 612f62 0102")]
    [InlineData("a", "x", 3, false, "300400 01 61 78")]
    public void A_publish_is_written(string topic, string payload, int qos, bool retain, string expected)
    {
        var packet = MqttPacket.WritePublish(
            Encoding.ASCII.GetBytes(topic), Encoding.ASCII.GetBytes(payload), qos, retain, 0x0102, out var overflows);
        Convert.ToHexStringLower(packet).ShouldBe(expected.Replace(" ", "", StringComparison.Ordinal));
        overflows.ShouldBeFalse();
    }

    [Theory]
    [InlineData(250, 10, 265, false)] // 255 bytes of headers: the last size that fits
    [InlineData(251, 300, 300, false)] // 256: the payload lies over the headers
    [InlineData(251, 10, 10, true)]
    public void A_header_of_256_bytes_or_more_spoils_the_packet(int topic, int payload, int size, bool overflows)
    {
        var packet = MqttPacket.WritePublish(
            new byte[topic], [.. Enumerable.Repeat((byte)'x', payload)], 0, false, 0, out var overflowed);
        (packet.Length, overflowed).ShouldBe((size, overflows));
        if (size == payload) packet.ShouldAllBe(b => b == 'x');
    }

    [Theory]
    [InlineData(122, 127)]
    [InlineData(123, 128)]
    [InlineData(251, 0)]
    public void The_length_of_a_subscribe_is_one_byte(int topic, int length)
    {
        var packet = MqttPacket.WriteSubscribe(new byte[topic], 3, 7);
        (packet.Length, (int)packet[1], (int)packet[^1]).ShouldBe((topic + 7, length, 0));
        packet = MqttPacket.WriteUnsubscribe(new byte[topic], 7);
        (packet.Length, (int)packet[1]).ShouldBe((topic + 6, (length - 1) & 0xFF));
    }

    [Theory]
    [InlineData(5, 0, 20)]
    [InlineData(5, 1, 20)]
    [InlineData(200, 1, 20)]
    [InlineData(300, 0, 20)]
    [InlineData(300, 2, 20)]
    public void A_publish_is_read_at_an_offset_of_8_bits(int topicLength, int qos, int payloadLength)
    {
        var topic = Enumerable.Range(0, topicLength).Select(i => (byte)('a' + (i % 20))).ToArray();
        var payload = Enumerable.Range(0, payloadLength).Select(i => (byte)('A' + (i % 20))).ToArray();
        byte[] id = qos > 0 ? [0x12, 0x34] : [];
        byte[] rest = [(byte)(topicLength >> 8), (byte)topicLength, .. topic, .. id, .. payload];
        byte[] packet = [(byte)(0x30 | (qos << 1)), .. MqttPacket.Length((uint)rest.Length), .. rest];
        var (topicAt, length, payloadAt, readLength) = MqttPacket.ReadPublish([.. packet, .. new byte[300]]);
        packet[topicAt..(topicAt + length)].ShouldBe(topic);
        var right = packet.Length - payloadLength;
        payloadAt.ShouldBe(right & 0xFF);
        readLength.ShouldBe((uint)(payloadLength + (right - payloadAt)));
        MqttPacket.ReadId([.. packet, .. new byte[300]]).ShouldBe(
            qos == 0 ? (ushort)0 : right < 256 ? (ushort)0x1234 : MqttPacketTests.WordAt(packet, (right - 2) & 0xFF));
    }

    private static ushort WordAt(byte[] packet, int at) => (ushort)((packet[at] << 8) | packet[at + 1]);

    [Fact]
    public void Any_bytes_can_be_read()
    {
        var random = new SplitMix64(3);
        for (var round = 0; round < 100_000; round++)
        {
            var packet = new byte[2 + random.Below(40)];
            for (var i = 0; i < packet.Length; i++) packet[i] = (byte)random.Below(256);
            MqttPacket.ReadId(packet);
            MqttPacket.ReadLength(packet);
            MqttPacket.LengthBytes(packet).ShouldBeInRange(1, 4);
            MqttPacket.ReadPublish(packet).PayloadAt.ShouldBeInRange(0, 255);
        }
    }
}
