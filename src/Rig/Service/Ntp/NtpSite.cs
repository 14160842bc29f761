using System.Buffers.Binary;

namespace AirHil.Rig.Service.Ntp;

/// <summary>The NTP servers of a host (RFC 5905 §7.3; SNTP clients use a part of it).</summary>
internal sealed class NtpSite(ServiceSide side) : ServiceSite(side)
{
    private const int PacketLength = 48;
    private const int ClientMode = 3;
    private const int ServerMode = 4;

    private static readonly TimeSpan AnswerDelay = TimeSpan.FromMilliseconds(1);

    /// <summary>Time 0 of the first era.</summary>
    private static readonly DateTimeOffset Era = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override ServiceSession Accept(ServiceConnection connection) =>
        throw new InvalidOperationException("NTP has no connections");

    public override void Take(ServiceInput.Datagram datagram)
    {
        var asked = datagram.Bytes;
        var server = Endpoints.FirstOrDefault(e => e.Url.Port == datagram.Port)?.Behavior as NtpServer;
        if (server is null or { IsSilent: true }) return;
        if (asked.Length < PacketLength || (asked.Span[0] & 7) != ClientMode) return;
        var received = Side.Date + server.Offset;
        Side.After(AnswerDelay, () =>
        {
            if (Side.IsActing<Modem.Faults.FallSilent>(datagram.Host)) return;
            Side.Answer(datagram, Answer(asked.Span, received, Side.Date + server.Offset));
        });
    }

    /// <summary>The client's version and its transmit time come back; the server has a clock of its own.</summary>
    private static byte[] Answer(ReadOnlySpan<byte> asked, DateTimeOffset received, DateTimeOffset sent)
    {
        var packet = new byte[PacketLength];
        packet[0] = (byte)((asked[0] & 0x38) | ServerMode);
        packet[1] = 1; // The stratum.
        packet[2] = asked[2]; // The poll interval.
        packet[3] = 0xEC; // The precision: 2^-20 s.
        "GPS\0"u8.CopyTo(packet.AsSpan(12));
        Write(packet.AsSpan(16), received);
        asked.Slice(40, 8).CopyTo(packet.AsSpan(24));
        Write(packet.AsSpan(32), received);
        Write(packet.AsSpan(40), sent);
        return packet;
    }

    /// <summary>Seconds and their fraction; the seconds begin again in 2036.</summary>
    private static void Write(Span<byte> to, DateTimeOffset date)
    {
        var ticks = (date - Era).Ticks;
        BinaryPrimitives.WriteUInt32BigEndian(to, unchecked((uint)(ticks / TimeSpan.TicksPerSecond)));
        BinaryPrimitives.WriteUInt32BigEndian(
            to[4..], (uint)((ulong)(ticks % TimeSpan.TicksPerSecond) * (1UL << 32) / TimeSpan.TicksPerSecond));
    }
}
