using AirHil.Modem;
using AirHil.Modem.Faults;
using AirHil.Rig.Faults;

namespace AirHil.Rig.Scenarios;

/// <summary>The faults of serial lines that act now, and what they make of a packet.</summary>
internal sealed class UartLines(ulong seed)
{
    /// <summary>The silence between the halves of a packet: longer than a module waits for the rest of one.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    private readonly List<ActingFault<UartFault>> _acting = [];

    /// <summary>
    /// The same faults, which count what peers send apart from what the rig sends: of these two, one is played from a
    /// recording in each kind of replay, and passes no faults again.
    /// </summary>
    private readonly List<ActingFault<UartFault>> _actingOnPeers = [];
    private readonly SplitMix64 _there = SplitMix64.For(seed, "uart lines");
    private readonly SplitMix64 _back = SplitMix64.For(seed, "uart lines from the module");
    private readonly SplitMix64 _peers = SplitMix64.For(seed, "uart lines from peers");

    /// <summary>Whether packets of the module or of a peer may be split.</summary>
    public bool MaySplit => IsSplitting(_acting) || IsSplitting(_actingOnPeers);

    public void Begin(UartFault fault)
    {
        _acting.Add(new(fault));
        _actingOnPeers.Add(new(fault));
    }

    /// <inheritdoc cref="ActingFaultList.End"/>
    public void End(UartFault fault, int? place)
    {
        _acting.End(fault, place);
        _actingOnPeers.End(fault, place);
    }

    /// <summary>What comes of a packet at the other end of a line: at once, and after the gap.</summary>
    /// <param name="isBehind">It waits for what is late, and is not split.</param>
    public (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second) Pass(
        UartSender from, int port, ReadOnlyMemory<byte> packet, bool isBehind)
    {
        var draw = from switch
        {
            UartSender.Rig => _there,
            UartSender.Peer => _peers,
            _ => _back,
        };
        var whole = packet.Length;
        foreach (var acting in from == UartSender.Peer ? _actingOnPeers : _acting)
        {
            if (acting.IsSpent || !acting.Fault.IsFor(from != UartSender.Module, port)) continue;
            if (isBehind && acting.Fault is SplitPackets) continue;
            var after = acting.Fault switch
            {
                LoseBytes lose => Array.FindAll(packet.ToArray(), _ => draw.Below(100) >= lose.Percent),
                GarbleBytes garble => Array.ConvertAll(
                    packet.ToArray(), b => draw.Below(100) < garble.Percent ? (byte)draw.Below(256) : b),
                _ => packet,
            };
            if (acting.Fault is SplitPackets) whole = packet.Length / 2;
            if (acting.Fault is SplitPackets || !after.Span.SequenceEqual(packet.Span)) acting.Occur();
            packet = after;
        }

        whole = Math.Min(whole, packet.Length);
        return (packet[..whole], packet[whole..]);
    }

    private static bool IsSplitting(List<ActingFault<UartFault>> faults) =>
        faults.Exists(f => f is { IsSpent: false, Fault: SplitPackets });
}
