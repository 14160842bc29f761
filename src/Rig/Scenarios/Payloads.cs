using AirHil.Modem;

namespace AirHil.Rig.Scenarios;

/// <summary>Random payloads; all of them follow from the seed, on every version of .NET.</summary>
/// <param name="seed">The run's seed.</param>
public sealed class Payloads(ulong seed)
{
    private readonly SplitMix64 _random = SplitMix64.For(seed, "payloads");

    /// <summary>Any bytes.</summary>
    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)_random.Next();
        return bytes;
    }
}
