using AirHil.Modem.Faults;

namespace AirHil.Rig.Network;

/// <summary>What packets take on the way between modems and hosts, and which are lost.</summary>
/// <param name="net">What the parts of the network share.</param>
/// <param name="seed">The run's; the generators derive from it.</param>
internal sealed class AirTimes(NetworkProfile profile, NetworkState net, ulong seed)
{
    private readonly Dictionary<ModemAir, AirLink> _links = [];

    /// <summary>From now to the arrival of so many bytes; it takes up the rate of the link.</summary>
    public TimeSpan Delay(ModemAir air, bool isUp, int bytes)
    {
        var slow = net.Faults.Find<SlowLink>(air.Modem);
        var roundTripMs =
            slow is null ? profile.RoundTripMs : Math.Max(profile.RoundTripMs, (int)slow.RoundTrip.TotalMilliseconds);
        var rate = isUp ? profile.UplinkBytesPerSecond : profile.DownlinkBytesPerSecond;
        if (slow is not null) rate = Math.Min(rate, slow.BytesPerSecond);
        var upMs = roundTripMs / 2;
        var link = LinkOf(air);
        return (isUp ? link.Up : link.Down).Delay(
            bytes, rate, isUp ? upMs : roundTripMs - upMs, profile.JitterMs, net.Now);
    }

    /// <summary>What a slow link adds to a time that the profile gives as a whole.</summary>
    public TimeSpan Extra(ModemAir air, int roundTrips, int bytes)
    {
        if (net.Faults.Find<SlowLink>(air.Modem) is not { } slow) return TimeSpan.Zero;
        var trip = slow.RoundTrip - TimeSpan.FromMilliseconds(profile.RoundTripMs);
        if (trip < TimeSpan.Zero) trip = TimeSpan.Zero;
        return (trip * roundTrips) + TimeSpan.FromMilliseconds(1000L * bytes / slow.BytesPerSecond);
    }

    /// <summary>Draws whether the next packet is lost.</summary>
    public bool IsLost(ModemAir air)
    {
        double share = net.Faults.Find<LosePackets>(air.Modem) is { } fault
            ? Math.Max(fault.Percent, profile.LossPercent)
            : profile.LossPercent;
        return share > 0 && LinkOf(air).Loss.NextDouble() * 100 < share;
    }

    private AirLink LinkOf(ModemAir air)
    {
        if (!_links.TryGetValue(air, out var link)) _links.Add(air, link = new AirLink(air.Modem, seed));
        return link;
    }
}
