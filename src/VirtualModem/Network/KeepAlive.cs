namespace AirHil.VirtualModem.Network;

/// <summary>
/// When lwIP asks a silent peer whether it is there (SO_KEEPALIVE with TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT).
/// </summary>
/// <param name="IdleSeconds">From the last segment of the peer to the first probe.</param>
/// <param name="IntervalSeconds">From one probe to the next, 0 to 255.</param>
/// <param name="Count">Probes without an answer that end the connection, 0 to 255.</param>
internal sealed record KeepAlive(uint IdleSeconds, byte IntervalSeconds, byte Count)
{
    /// <summary>lwIP counts in ms, in 32 bits.</summary>
    public TimeSpan Idle => TimeSpan.FromMilliseconds(unchecked(IdleSeconds * 1000));

    public TimeSpan Interval => TimeSpan.FromSeconds(IntervalSeconds);

    /// <summary>
    /// Whether a connection is given up without a probe: the time for all probes together is 0.
    /// </summary>
    public bool SendsNone => IntervalSeconds == 0 || Count == 0;
}
