namespace AirHil.Modem.Faults;

/// <summary>Every open TCP connection gets an RST at both ends, as from a box in between that lost its state.</summary>
/// <param name="Host">Those with which host; null means all.</param>
public sealed record ResetConnections(string? Host = null) : NetworkFault
{
    public override bool IsMoment => true;

    public override string Phrase => Host is null ? "drop connection" : "drop connection at " + Host;
}
