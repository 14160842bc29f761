using AirHil.Modem.Air;

namespace AirHil.VirtualModem.Tests.Mqtt;

/// <summary>
/// A broker that answers what a broker must answer, and keeps the packets of the modem as hexadecimal text.
/// </summary>
internal sealed class MqttPeer
{
    private readonly FakeAir _air;
    private readonly Dictionary<int, List<byte>> _coming = [];

    public MqttPeer(FakeAir air)
    {
        _air = air;
        air.Server = Take;
    }

    /// <summary>The code of CONNACK; null: the broker is silent.</summary>
    public byte? Code { get; set; } = 0;

    /// <summary>Bytes that follow the CONNACK in the same segment.</summary>
    public byte[] AfterConnack { get; set; } = [];

    /// <summary>Whether publishes and subscriptions are acknowledged.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>All packets with the time at which they came.</summary>
    public List<(TimeSpan At, string Packet)> Packets { get; } = [];

    public IEnumerable<string> Of(char type) =>
        Packets.Select(packet => packet.Packet).Where(packet => packet[0] == type);

    private void Take(int connection, byte[] bytes, TimeSpan at)
    {
        if (!_coming.TryGetValue(connection, out var coming)) _coming[connection] = coming = [];
        coming.AddRange(bytes);
        while (SizeOf(coming) is { } size && coming.Count >= size)
        {
            var packet = coming[..size].ToArray();
            coming.RemoveRange(0, size);
            Packets.Add((at, Convert.ToHexStringLower(packet)));
            if (AnswerTo(packet) is { Length: > 0 } answer) _air.Send(new AirEvent.TcpReceived(connection, answer), at);
        }
    }

    private byte[] AnswerTo(byte[] packet) => (packet[0] & 0xF0, Acknowledges) switch
    {
        (0x10, _) => Code is { } code ? [0x20, 2, 0, code, .. AfterConnack] : [],
        (0x30, true) when (packet[0] & 6) == 2 => [0x40, 2, .. IdIn(packet)],
        (0x30, true) when (packet[0] & 6) == 4 => [0x50, 2, .. IdIn(packet)],
        (0x60, true) => [0x70, 2, .. packet[2..4]],
        (0x80, true) => [0x90, 3, .. packet[2..4], 0],
        (0xA0, true) => [0xB0, 2, .. packet[2..4]],
        (0xC0, _) => [0xD0, 0],
        _ => [],
    };

    private static byte[] IdIn(byte[] publish)
    {
        var at = publish[1] < 128 ? 2 : 3;
        at += 2 + (publish[at] << 8) + publish[at + 1];
        return publish[at..(at + 2)];
    }

    private static int? SizeOf(List<byte> bytes)
    {
        var length = 0;
        for (var i = 1; i < bytes.Count && i < 5; i++)
        {
            length |= (bytes[i] & 127) << (7 * (i - 1));
            if (bytes[i] < 128) return 1 + i + length;
        }

        return null;
    }
}
