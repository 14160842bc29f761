using AirHil.Modem;
using AirHil.Modem.Faults;

namespace AirHil.Rig.Scenarios;

/// <summary>The faults of serial lines that act now, and what they make of a packet.</summary>
internal sealed class UartLines(ulong seed)
{
    /// <summary>The silence between the halves of a packet: longer than a module waits for the rest of one.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(100);

    private readonly List<UartFault> _acting = [];
    private readonly SplitMix64 _draw = SplitMix64.For(seed, "uart lines");

    public void Begin(UartFault fault) => _acting.Add(fault);

    public void End(UartFault fault) => _acting.Remove(fault);

    /// <summary>What comes of a packet: at once, and after the gap.</summary>
    public (ReadOnlyMemory<byte> First, ReadOnlyMemory<byte> Second) Pass(ReadOnlyMemory<byte> packet)
    {
        foreach (var fault in _acting)
        {
            packet = fault switch
            {
                LoseBytes lose => Array.FindAll(packet.ToArray(), _ => _draw.Below(100) >= lose.Percent),
                GarbleBytes garble => Array.ConvertAll(
                    packet.ToArray(), b => _draw.Below(100) < garble.Percent ? (byte)_draw.Below(256) : b),
                _ => packet,
            };
        }

        var half = _acting.Exists(fault => fault is SplitPackets) ? packet.Length / 2 : packet.Length;
        return (packet[..half], packet[half..]);
    }
}
