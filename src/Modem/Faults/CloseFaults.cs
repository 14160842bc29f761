using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>The service closes every WebSocket connection with a close frame.</summary>
/// <param name="Code">1000 to 4999, RFC 6455 §7.4.</param>
public sealed record CloseWithFrame(int Code) : ServiceFault
{
    public override bool IsMoment => true;

    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"close with {Code}");
}

/// <summary>The service ends every TCP connection by FIN, without a close frame.</summary>
public sealed record CloseWithoutFrame : ServiceFault
{
    public override bool IsMoment => true;

    internal override string Words => "close without frame";
}

/// <summary>
/// The service's host crashes and is back at once: its connections are half-open, what arrives on them is answered by
/// RST.
/// </summary>
public sealed record ForgetConnections : ServiceFault
{
    public override bool IsMoment => true;

    internal override string Words => "forget connections";
}
