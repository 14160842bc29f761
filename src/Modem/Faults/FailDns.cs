namespace AirHil.Modem.Faults;

/// <summary>Names do not resolve.</summary>
/// <param name="Host">Which name; null means all.</param>
/// <param name="Silence">No answer at all instead of a negative one (NXDOMAIN).</param>
public sealed record FailDns(string? Host = null, bool Silence = false) : DnsFault(Host)
{
    public override string Phrase => WithHost(Silence ? "silence dns" : "fail dns");
}
