namespace AirHil.Modem.Faults;

/// <summary>
/// Every open TCP connection gets an RST at both ends, as from a box in between that lost its state. With a number of
/// times it lasts: each new connection gets one, too, as soon as it is open. The first moment is one time, and so is
/// each new connection.
/// </summary>
public sealed record ResetConnections : NetworkFault
{
    public override bool IsMoment => Limits.Times is null;

    internal override string Words => "drop connection";
}
