using System.Text;
using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Rig.Service.Mqtt;
using AirHil.Tests;
using MQTTnet.Adapter;
using MQTTnet.Formatter;
using MQTTnet.Formatter.V3;

namespace AirHil.Rig.Tests.Service.Mqtt;

/// <summary>
/// Packets against MQTTnet's codec: what is read here MQTTnet reads too, with the same fields, and writes as the same
/// bytes. What MQTTnet reads and this reader refuses breaks a rule of the standard that MQTTnet does not check.
/// </summary>
[Collection(nameof(MeasuredAlone))]
public sealed class MqttCodecTests
{
    private static readonly string[] NotCheckedByMqttNet =
    [
        "the flags of the fixed header are wrong", "a text that is not UTF-8", "a text with U+0000",
        "bytes behind the packet's last field", "the flags of the will are wrong", "a password without a user",
        "the packet's identifier is 0", "is no topic to publish to", "is no filter", "of a subscription",
        "QoS 3", "DUP with QoS 0", "the topic of the will is wrong", "a code of SUBACK is wrong",
        "a reserved flag of CONNACK is set", "the packet is too short", "the reserved flag of CONNECT is set",
    ];

    private static readonly MqttPacket[] Samples =
    [
        new MqttPacket.Connect("MQTT", 4, "me", true, 60, null, null, null),
        new MqttPacket.Connect("MQIsdp", 3, "me", false, 0, null, "user", null),
        new MqttPacket.Connect("MQTT", 4, "", true, 65535, new("will/ü", "gone"u8.ToArray(), 2, true), "user",
            "secret"u8.ToArray()),
        new MqttPacket.Connack(true, 0),
        new MqttPacket.Connack(false, 5),
        new MqttPacket.Publish("a/b", "hello"u8.ToArray(), 0, false),
        new MqttPacket.Publish("a/中文", new byte[300], 1, true, false, 1),
        new MqttPacket.Publish("a", default, 2, false, true, 65535),
        .. ((MqttPacketType[])
        [
            MqttPacketType.Puback, MqttPacketType.Pubrec, MqttPacketType.Pubrel, MqttPacketType.Pubcomp,
            MqttPacketType.Unsuback,
        ]).Select(type => new MqttPacket.Ack(type, 258)),
        new MqttPacket.Subscribe(3, [("a/+/c", 0), ("#", 2)]),
        new MqttPacket.Suback(3, [0, 1, 2, 128]),
        new MqttPacket.Unsubscribe(4, ["a/+/c", "#"]),
        new MqttPacket.Empty(MqttPacketType.Pingreq),
        new MqttPacket.Empty(MqttPacketType.Pingresp),
        new MqttPacket.Empty(MqttPacketType.Disconnect),
    ];

    public static TheoryData<int> EverySample => [.. Enumerable.Range(0, Samples.Length)];

    [Theory]
    [MemberData(nameof(EverySample))]
    public void A_packet_is_written_as_mqttnet_writes_it_and_read_however_it_is_cut(int sample)
    {
        var bytes = MqttPacketWriter.Encode(Samples[sample]);
        ByMqttNet(bytes).ShouldBe(bytes);
        foreach (var size in new[] { 1, 3, bytes.Length })
        {
            var reader = new MqttPacketReader(1 << 20);
            var read = new List<MqttPacket>();
            foreach (var part in ((byte[])[.. bytes, .. bytes]).Chunk(size))
            {
                reader.Append(part);
                while (reader.TryRead(out var packet)) read.Add(packet);
            }

            reader.HeldBytes.ShouldBe(0);
            read.Select(MqttPacketWriter.Encode).ShouldBe([bytes, bytes]);
        }
    }

    [Fact]
    public void Random_and_mutated_packets_are_read_as_mqttnet_reads_them_or_refused_with_a_reason()
    {
        var (all, read, refused, before) = (0, 0, 0, GC.GetTotalMemory(true));
        foreach (var seed in LongRun.Seeds(20_000, "packets"))
        {
            all++;
            var bytes = Mutated(SplitMix64.For((ulong)seed, "mqtt"));
            var reader = new MqttPacketReader(1 << 16);
            reader.Append(bytes);
            if (reader.TryRead(out var packet))
            {
                read++;
                if (packet is MqttPacket.Connect connect && IsForTheReturnCode(connect)) continue;
                var whole = bytes[..^reader.HeldBytes];
                ByMqttNet(whole).ShouldBe(MqttPacketWriter.Encode(packet), Convert.ToHexString(bytes));
            }
            else if (reader.Violation is { } violation)
            {
                refused++;
                if (ByMqttNet(bytes) is null) continue;
                NotCheckedByMqttNet.ShouldContain(
                    rule => violation.Contains(rule, StringComparison.Ordinal),
                    $"{violation}: {Convert.ToHexString(bytes)}");
            }
        }

        read.ShouldBeGreaterThan(all / 10);
        refused.ShouldBeGreaterThan(all / 10);
        // Other tests run beside it and hold memory of their own.
        (GC.GetTotalMemory(true) - before).ShouldBeLessThan(64L << 20);
    }

    [Theory]
    [InlineData("a/b", "a/b", true)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/+", "a/", true)]
    [InlineData("a/+", "a", false)]
    [InlineData("+/+", "/a", true)]
    [InlineData("+", "/a", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/x", false)]
    [InlineData("+/x", "$SYS/x", false)]
    [InlineData("$SYS/#", "$SYS/x", true)]
    [InlineData("A", "a", false)]
    public void A_filter_matches_topics(string filter, string topic, bool matches) =>
        MqttTopic.Matches(filter, topic).ShouldBe(matches);

    [Theory]
    [InlineData("", false)]
    [InlineData("a+", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a#", false)]
    [InlineData("/", true)]
    [InlineData("+/+/#", true)]
    public void A_filter_is_checked(string filter, bool isRight) => MqttTopic.IsFilter(filter).ShouldBe(isRight);

    /// <summary>MQTTnet throws for these; here the broker answers them by a return code.</summary>
    private static bool IsForTheReturnCode(MqttPacket.Connect connect) =>
        (connect.Protocol, connect.Level) is not (("MQTT", 4) or ("MQIsdp", 3))
        || (connect.ClientId.Length == 0 && !connect.IsClean);

    /// <summary>A sample with some bytes changed, added, taken away, or nothing but random bytes.</summary>
    private static byte[] Mutated(SplitMix64 random)
    {
        var bytes = MqttPacketWriter.Encode(Samples[random.Below(Samples.Length)]).ToList();
        switch (random.Below(5))
        {
            case 0:
                bytes = [.. Enumerable.Range(0, 1 + random.Below(40)).Select(_ => (byte)random.Next())];
                break;
            case 1:
                bytes[random.Below(bytes.Count)] ^= (byte)(1 << random.Below(8));
                break;
            case 2:
                bytes[random.Below(bytes.Count)] = (byte)random.Next();
                bytes[random.Below(bytes.Count)] = (byte)random.Next();
                break;
            case 3 when bytes.Count is > 2 and < 120:
                bytes.RemoveAt(2 + random.Below(bytes.Count - 2));
                bytes[1] = (byte)(bytes.Count - 2);
                break;
            case 4 when bytes.Count is > 2 and < 120:
                bytes.Insert(2 + random.Below(bytes.Count - 2), (byte)random.Next());
                bytes[1] = (byte)(bytes.Count - 2);
                break;
        }

        return [.. bytes];
    }

    /// <summary>The packet read and written again by MQTTnet; null: it throws.</summary>
    private static byte[]? ByMqttNet(byte[] bytes)
    {
        var head = 1;
        var length = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (head >= bytes.Length || head > 4) return null;
            length |= (bytes[head] & 0x7F) << shift;
            if ((bytes[head++] & 0x80) == 0) break;
        }

        if (bytes.Length < head + length) return null;
        try
        {
            var formatter = new MqttV3PacketFormatter(new MqttBufferWriter(4096, 65535), Version(bytes, head));
            var packet = formatter.Decode(new ReceivedMqttPacket(
                bytes[0], new ArraySegment<byte>(bytes, head, length), head + length));
            return formatter.Encode(packet).ToArray();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private static MqttProtocolVersion Version(byte[] bytes, int head) =>
        Encoding.Latin1.GetString(bytes, head, Math.Min(8, bytes.Length - head)).Contains("MQIsdp")
            ? MqttProtocolVersion.V310
            : MqttProtocolVersion.V311;
}
