namespace AirHil.Modem.Faults;

/// <summary>Names are known and have no address: the answer to a DNS query is no error, and empty.</summary>
public sealed record EmptyDns : DnsFault
{
    internal override string Words => "empty dns";
}
