namespace AirHil.Modem.Faults;

/// <summary>Every open TCP connection gets an RST at both ends, as from a box in between that lost its state.</summary>
public sealed record ResetConnections : NetworkFault
{
    public override bool IsMoment => true;

    public override string Phrase => "drop connection";
}
