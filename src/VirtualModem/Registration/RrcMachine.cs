using AirHil.VirtualModem.Parameters;

namespace AirHil.VirtualModem.Registration;

internal enum RrcState
{
    Idle,

    /// <summary>Between the request and the completion of RRC connection setup.</summary>
    Connecting,
    Connected,
}

/// <summary>
/// The radio resource connection (3GPP TS 36.331): idle after a time without traffic, and then the next packet waits
/// for paging or setup (reference §2.9, §12). It needs no timer: its state follows from the last packet.
/// </summary>
internal sealed class RrcMachine(ModemParameters parameters)
{
    private TimeSpan _readyAt = TimeSpan.MinValue;
    private TimeSpan _lastPacket = TimeSpan.MinValue;
    private bool _everConnected;

    /// <summary>mobile.rtime: the module releases by itself where the network would wait longer; null: never.</summary>
    public TimeSpan? ReleaseAfter { get; set; }

    /// <summary>What the first downlink packet to an idle radio waits.</summary>
    public TimeSpan PagingTime { get; set; } = parameters.RrcPagingTime;

    /// <summary>When the connection ends if no packet comes any more; zero: there is none.</summary>
    public TimeSpan IdleAt
    {
        get
        {
            if (!_everConnected) return TimeSpan.Zero;
            var end = _lastPacket + Inactivity;
            return end > _readyAt ? end : _readyAt;
        }
    }

    private TimeSpan Inactivity =>
        ReleaseAfter is { } own && own < parameters.RrcInactivity ? own : parameters.RrcInactivity;

    public RrcState StateAt(TimeSpan now) =>
        !_everConnected || now - _lastPacket >= Inactivity && now >= _readyAt
        ? RrcState.Idle
        : now < _readyAt ? RrcState.Connecting : RrcState.Connected;

    /// <summary>When an uplink packet of now leaves the antenna.</summary>
    public TimeSpan Uplink(TimeSpan now) => Packet(now, parameters.RrcSetupTime);

    /// <summary>When a downlink packet of now reaches the stack.</summary>
    public TimeSpan Downlink(TimeSpan now) => Packet(now, PagingTime);

    /// <summary>Signalling (attach) has the connection up.</summary>
    public void Connect(TimeSpan now)
    {
        _everConnected = true;
        _readyAt = now;
        _lastPacket = now;
    }

    /// <summary>The cell is gone, or the radio off.</summary>
    public void Release() => _everConnected = false;

    private TimeSpan Packet(TimeSpan now, TimeSpan setup)
    {
        if (StateAt(now) == RrcState.Idle)
        {
            _everConnected = true;
            _readyAt = now + setup;
        }

        var at = now < _readyAt ? _readyAt : now;
        if (at > _lastPacket) _lastPacket = at;
        return at;
    }
}
