using System.Globalization;

namespace AirHil.Modem.Faults;

/// <summary>A fault of the message centre.</summary>
public abstract record SmsFault : NetworkFault
{
    public override string Needs => Capability.Sms;
}

/// <summary>The network refuses the text messages of the module.</summary>
/// <param name="Code">
/// 1 to 999: the cause, such as 38 (network out of order, 3GPP TS 24.011, 8.2.5.4) or 500 (unknown error, TS 27.005).
/// </param>
public sealed record RefuseSms(int Code) : SmsFault
{
    internal override string Words => string.Create(CultureInfo.InvariantCulture, $"refuse sms with {Code}");
}

/// <summary>Text messages of both directions vanish; the network confirms those of the module.</summary>
public sealed record LoseSms : SmsFault
{
    internal override string Words => "lose sms";
}

/// <summary>
/// The message centre is overloaded: those for the module come when it is over, and the module's are not answered.
/// </summary>
public sealed record HoldSms : SmsFault
{
    internal override string Words => "hold sms";
}
