using AirHil.Modem.Faults;

namespace AirHil.Rig.Service.Mqtt;

/// <summary>
/// Takes packets of MQTT 3.1.1 out of bytes that come in any pieces, those of clients and those of servers. The first
/// violation ends it: later bytes are ignored. It never throws for what a peer sends, and holds at most one packet of
/// <paramref name="limit"/> bytes beside what was appended last.
/// </summary>
/// <param name="limit">The most bytes behind the fixed header.</param>
internal sealed class MqttPacketReader(int limit)
{
    private readonly ReceivedBytes _received = new(256);

    /// <summary>Bytes of a packet that is not complete.</summary>
    public int HeldBytes => _received.Length;

    /// <summary>The rule that the peer broke, once it has.</summary>
    public string? Violation { get; private set; }

    /// <summary>Adds bytes; call <see cref="TryRead"/> until false before the next.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (Violation is null) _received.Append(bytes);
    }

    /// <summary>Takes the next whole packet.</summary>
    public bool TryRead(out MqttPacket packet)
    {
        packet = null!;
        if (Violation is not null) return false;
        var held = _received.Held;
        if (held.Length < 2) return false;
        var length = 0;
        var head = 1;
        do
        {
            if (head > 4) return Fail("a length of more than four bytes");
            if (head >= held.Length) return false;
            length |= (held[head] & 0x7F) << (7 * (head - 1));
        }
        while ((held[head++] & 0x80) != 0);
        if (length > limit) return Fail($"a packet of {length} bytes is more than {limit}");
        if (held.Length < head + length) return false;
        var first = held[0];
        var body = held.Slice(head, length);
        _received.Take(head + length);
        var cursor = new MqttCursor(body);
        var read = Read((MqttPacketType)(first >> 4), first & 0x0F, ref cursor);
        if (cursor.Wrong is null && !cursor.IsAtEnd) cursor.Fail("bytes behind the packet's last field");
        if (read is null || cursor.Wrong is not null) return Fail(cursor.Wrong ?? "a packet of no known type");
        packet = read;
        return true;
    }

    private static MqttPacket? Read(MqttPacketType type, int flags, ref MqttCursor from)
    {
        // §2.2.2: the flags of all packets but PUBLISH are fixed.
        var needed = type is MqttPacketType.Pubrel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe ? 2 : 0;
        if (type != MqttPacketType.Publish && flags != needed) from.Fail("the flags of the fixed header are wrong");
        switch (type)
        {
            case MqttPacketType.Connect:
                return ReadConnect(ref from);
            case MqttPacketType.Connack:
                var present = from.Byte();
                if (present > 1) from.Fail("a reserved flag of CONNACK is set");
                return new MqttPacket.Connack(present == 1, from.Byte());
            case MqttPacketType.Publish:
                return ReadPublish(flags, ref from);
            case MqttPacketType.Puback or MqttPacketType.Pubrec or MqttPacketType.Pubrel or MqttPacketType.Pubcomp
                or MqttPacketType.Unsuback:
                return new MqttPacket.Ack(type, from.Id());
            case MqttPacketType.Subscribe:
                return ReadSubscribe(ref from);
            case MqttPacketType.Suback:
                var subscribed = from.Id();
                var codes = from.Rest().Select(b => (int)b).ToArray();
                if (codes.Length == 0 || codes.Any(c => c is > 2 and not 128)) from.Fail("a code of SUBACK is wrong");
                return new MqttPacket.Suback(subscribed, codes);
            case MqttPacketType.Unsubscribe:
                return ReadUnsubscribe(ref from);
            case MqttPacketType.Pingreq or MqttPacketType.Pingresp or MqttPacketType.Disconnect:
                return new MqttPacket.Empty(type);
            default:
                return null;
        }
    }

    private static MqttPacket.Connect ReadConnect(ref MqttCursor from)
    {
        var (protocol, level) = (from.Text(), from.Byte());
        if (from.Wrong is null && level is not (3 or 4))
        {
            // Another version has other fields; that is said by a return code.
            from.Rest();
            return new MqttPacket.Connect(protocol, level, "", true, 0, null, null, null);
        }

        var (flags, keepAlive) = (from.Byte(), from.Number());
        var (hasUser, hasPassword, hasWill) = ((flags & 0x80) != 0, (flags & 0x40) != 0, (flags & 4) != 0);
        var quality = (flags >> 3) & 3;
        if ((flags & 1) != 0) from.Fail("the reserved flag of CONNECT is set");
        if (quality == 3 || (!hasWill && (flags & 0x38) != 0)) from.Fail("the flags of the will are wrong");
        if (hasPassword && !hasUser) from.Fail("a password without a user");
        var client = from.Text();
        var will = hasWill
            ? new MqttPacket.Publish(from.Text(), from.Binary(), quality, (flags & 0x20) != 0)
            : null;
        if (will is not null && !MqttTopic.IsName(will.Topic)) from.Fail("the topic of the will is wrong");
        var user = hasUser ? from.Text() : null;
        return new MqttPacket.Connect(
            protocol, level, client, (flags & 2) != 0, keepAlive, will, user,
            hasPassword ? (ReadOnlyMemory<byte>?)from.Binary() : null);
    }

    private static MqttPacket.Publish ReadPublish(int flags, ref MqttCursor from)
    {
        var quality = (flags >> 1) & 3;
        if (quality == 3) from.Fail("QoS 3");
        if (quality == 0 && (flags & 8) != 0) from.Fail("DUP with QoS 0");
        var topic = from.Text();
        if (!MqttTopic.IsName(topic)) from.Fail($"'{topic}' is no topic to publish to");
        var id = quality > 0 ? from.Id() : 0;
        return new MqttPacket.Publish(topic, from.Rest(), quality, (flags & 1) != 0, (flags & 8) != 0, id);
    }

    private static MqttPacket.Subscribe ReadSubscribe(ref MqttCursor from)
    {
        var id = from.Id();
        var filters = new List<(string, int)>();
        do
        {
            var (filter, quality) = (from.Text(), from.Byte());
            if (!MqttTopic.IsFilter(filter)) from.Fail($"'{filter}' is no filter");
            if (quality > 2) from.Fail($"QoS {quality} of a subscription");
            filters.Add((filter, quality));
        }
        while (!from.IsAtEnd);
        return new MqttPacket.Subscribe(id, filters);
    }

    private static MqttPacket.Unsubscribe ReadUnsubscribe(ref MqttCursor from)
    {
        var id = from.Id();
        var filters = new List<string>();
        do
        {
            var filter = from.Text();
            if (!MqttTopic.IsFilter(filter)) from.Fail($"'{filter}' is no filter");
            filters.Add(filter);
        }
        while (!from.IsAtEnd);
        return new MqttPacket.Unsubscribe(id, filters);
    }

    private bool Fail(string rule)
    {
        Violation = rule;
        _received.Clear();
        return false;
    }
}
