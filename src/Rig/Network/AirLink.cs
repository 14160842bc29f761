using AirHil.Modem;

namespace AirHil.Rig.Network;

/// <summary>The two ways between a modem and the world, and the generator of losses.</summary>
internal sealed class AirLink(string modem, ulong seed)
{
    public AirPath Up { get; } = new(SplitMix64.For(seed, "network.up." + modem));

    public AirPath Down { get; } = new(SplitMix64.For(seed, "network.down." + modem));

    public SplitMix64 Loss { get; } = SplitMix64.For(seed, "network.loss." + modem);
}
