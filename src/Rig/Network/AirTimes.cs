using AirHil.Modem.Faults;

namespace AirHil.Rig.Network;

/// <summary>What packets take on the way between modems and hosts, and which are lost.</summary>
/// <param name="net">What the parts of the network share.</param>
/// <param name="seed">The run's; the generators derive from it.</param>
internal sealed class AirTimes(NetworkProfile profile, NetworkState net, ulong seed)
{
    private readonly Dictionary<ModemAir, AirLink> _links = [];

    /// <summary>From now to the arrival of so many bytes; it takes up the rate of the link.</summary>
    public TimeSpan Delay(ModemAir air, string host, bool isUp, int bytes)
    {
        var slow = net.Faults.Find<SlowLink>(air.Modem, host, !isUp);
        var roundTripMs =
            slow is null ? profile.RoundTripMs : Math.Max(profile.RoundTripMs, (int)slow.RoundTrip.TotalMilliseconds);
        var rate = isUp ? profile.UplinkBytesPerSecond : profile.DownlinkBytesPerSecond;
        if (slow is not null) rate = Math.Min(rate, slow.BytesPerSecond);
        var upMs = roundTripMs / 2;
        var link = LinkOf(air);
        return (isUp ? link.Up : link.Down).Delay(
            bytes, rate, isUp ? upMs : roundTripMs - upMs, profile.JitterMs, net.Now);
    }

    /// <summary>What a slow link to the module adds to a time that the profile gives as a whole.</summary>
    public TimeSpan Extra(ModemAir air, string host, int roundTrips, int bytes)
    {
        if (net.Faults.Find<SlowLink>(air.Modem, host, toModule: true) is not { } slow) return TimeSpan.Zero;
        var trip = slow.RoundTrip - TimeSpan.FromMilliseconds(profile.RoundTripMs);
        if (trip < TimeSpan.Zero) trip = TimeSpan.Zero;
        return (trip * roundTrips) + TimeSpan.FromMilliseconds(1000L * bytes / slow.BytesPerSecond);
    }

    /// <summary>Draws whether the next packet is lost.</summary>
    public bool IsLost(ModemAir air, string host, bool isUp)
    {
        var fault = net.Faults.Find<LosePackets>(air.Modem, host, !isUp);
        var share = Math.Max(fault?.Percent ?? 0, profile.LossPercent);
        var isLost = share > 0 && LinkOf(air).Loss.NextDouble() * 100 < share;
        if (isLost && fault is not null) net.Faults.Strike<LosePackets>(air.Modem, host, !isUp);
        return isLost;
    }

    /// <summary>Draws whether a packet of the module or what answers it is lost.</summary>
    public bool IsEitherLost(ModemAir air, string host) =>
        IsLost(air, host, isUp: true) || IsLost(air, host, isUp: false);

    private AirLink LinkOf(ModemAir air)
    {
        if (!_links.TryGetValue(air, out var link)) _links.Add(air, link = new AirLink(air.Modem, seed));
        return link;
    }
}
