namespace AirHil.Modem.Faults;

/// <summary>The resolution of names goes wrong.</summary>
public abstract record DnsFault : NetworkFault
{
    public override string Needs => Capability.Dns;

    /// <summary>The word before the host that it is limited to.</summary>
    internal const string Of = "of";
}
