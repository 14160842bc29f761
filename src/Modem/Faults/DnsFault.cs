namespace AirHil.Modem.Faults;

/// <summary>The resolution of names goes wrong.</summary>
/// <param name="Host">Which name; null means all.</param>
public abstract record DnsFault(string? Host) : NetworkFault
{
    public override string Needs => Capability.Dns;

    /// <summary>The phrase of the fault with its name, where it has one.</summary>
    protected string WithHost(string what) => Host is null ? what : $"{what} of {Host}";
}
