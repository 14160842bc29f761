namespace AirHil.Modem.Faults;

/// <summary>Names are known and have no address: the answer to a DNS query is no error, and empty.</summary>
/// <param name="Host">Which name; null means all.</param>
public sealed record EmptyDns(string? Host = null) : DnsFault(Host)
{
    public override string Phrase => WithHost("empty dns");
}
