using System.Globalization;
using System.Text;

namespace AirHil.Modem.Acts;

/// <summary>What the rig puts on a serial line: packets with silences between them.</summary>
public sealed class UartStimulus : IEquatable<UartStimulus>
{
    /// <summary>One packet, sent back to back.</summary>
    /// <param name="Pause">Silence on the line before it, counted from the last bit of the packet before.</param>
    public sealed record Packet(TimeSpan Pause, ReadOnlyMemory<byte> Bytes, bool LineErrors)
    {
        public bool Equals(Packet? other) => other is not null && Pause == other.Pause
            && LineErrors == other.LineErrors && Bytes.Span.SequenceEqual(other.Bytes.Span);

        public override int GetHashCode() => HashCode.Combine(Pause, LineErrors, Bytes.Length);
    }

    private UartStimulus(IReadOnlyList<Packet> packets) => Packets = packets;

    public IReadOnlyList<Packet> Packets { get; }

    public static UartStimulus Of(ReadOnlyMemory<byte> bytes, bool lineErrors = false) =>
        new([new Packet(TimeSpan.Zero, bytes, lineErrors)]);

    /// <summary>The text as UTF-8, with no line end added.</summary>
    public static UartStimulus Of(string text, bool lineErrors = false) => Of(Encoding.UTF8.GetBytes(text), lineErrors);

    /// <summary>
    /// The same packet <paramref name="count"/> times with <paramref name="gap"/> of silence between.
    /// </summary>
    public static UartStimulus Burst(int count, ReadOnlyMemory<byte> bytes, TimeSpan gap) =>
        Sequence(Enumerable.Repeat(bytes, count), gap);

    /// <summary>Several packets with <paramref name="gap"/> of silence between.</summary>
    public static UartStimulus Sequence(IEnumerable<ReadOnlyMemory<byte>> packets, TimeSpan gap) =>
        new([.. packets.Select((bytes, i) => new Packet(i == 0 ? TimeSpan.Zero : gap, bytes, false))]);

    /// <summary>One text in two packets, the first of <paramref name="at"/> bytes (0 to its length).</summary>
    /// <exception cref="StepException">The text is shorter.</exception>
    public static UartStimulus Split(ReadOnlyMemory<byte> bytes, int at, TimeSpan gap)
    {
        if ((uint)at > (uint)bytes.Length)
        {
            throw new StepException(string.Create(
                CultureInfo.InvariantCulture, $"a text of {bytes.Length} bytes cannot be cut behind {at}"));
        }

        return Sequence([bytes[..at], bytes[at..]], gap);
    }

    /// <summary>Random bytes with frame and parity errors among them: what a loose or noisy line brings.</summary>
    public static UartStimulus Noise(int count, SplitMix64 random)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)random.Next();
        return Of(bytes, lineErrors: true);
    }

    /// <summary>The same bytes at the same times, with packets that follow without a pause put together.</summary>
    internal UartStimulus WithoutSeams()
    {
        var packets = new List<Packet>();
        foreach (var packet in Packets)
        {
            if (packets.Count > 0 && packet.Pause == TimeSpan.Zero && packet.LineErrors == packets[^1].LineErrors)
            {
                packets[^1] = packets[^1] with { Bytes = (byte[])[.. packets[^1].Bytes.Span, .. packet.Bytes.Span] };
            }
            else
            {
                packets.Add(packet);
            }
        }

        return new UartStimulus(packets);
    }

    public bool Equals(UartStimulus? other) => other is not null && Packets.SequenceEqual(other.Packets);

    public override bool Equals(object? obj) => Equals(obj as UartStimulus);

    public override int GetHashCode() => Packets.Count;

    /// <summary>This, then after a pause the other.</summary>
    public UartStimulus Then(TimeSpan pause, UartStimulus next) =>
        new([.. Packets, next.Packets[0] with { Pause = pause }, .. next.Packets.Skip(1)]);
}
