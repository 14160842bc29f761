namespace AirHil.Modem.Faults;

/// <summary>Names do not resolve.</summary>
/// <param name="Silence">No answer at all instead of a negative one (NXDOMAIN).</param>
public sealed record FailDns(bool Silence = false) : DnsFault
{
    internal override string Words => Silence ? "silence dns" : "fail dns";
}
