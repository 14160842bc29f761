namespace AirHil.Modem.Air;

/// <summary>
/// What a modem meets at its cell, where that is not the usual: null and zero stand for what the modem would have else.
/// </summary>
/// <param name="RsrpDbm">Power of the reference signal, −156 to −30.</param>
/// <param name="RsrqDb">Its quality, −34 to 3.</param>
/// <param name="SnrDb">Signal to noise, −30 to 40.</param>
/// <param name="CellId">E-UTRAN cell identity.</param>
/// <param name="TrackingArea">Tracking area code.</param>
/// <param name="IsRoaming">The network is not the subscriber's own.</param>
/// <param name="RejectCause">
/// The network rejects an attach, with this EMM cause (3GPP TS 24.301, 9.9.3.9); 0: it does not.
/// </param>
/// <param name="AttachDelay">What an attach takes longer.</param>
/// <param name="ClockAhead">How far the network's clock is ahead; less than zero: behind.</param>
public sealed record CellConditions(
    int? RsrpDbm = null, int? RsrqDb = null, int? SnrDb = null, int? CellId = null, int? TrackingArea = null,
    bool IsRoaming = false, int RejectCause = 0, TimeSpan AttachDelay = default,
    TimeSpan ClockAhead = default)
{
    /// <summary>The number of the cell's band.</summary>
    public int? Band { get; init; }

    /// <summary>EARFCN of the cell.</summary>
    public int? Channel { get; init; }

    /// <summary>Physical identity of the cell, 0 to 503.</summary>
    public int? PhysicalId { get; init; }

    /// <summary>The cells that the modem sees beside its own.</summary>
    public Neighbours Neighbours { get; init; } = Neighbours.None;

    /// <summary>Nothing is unusual.</summary>
    public static CellConditions Usual { get; } = new();
}
