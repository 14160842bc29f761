namespace AirHil.Modem.Faults;

/// <summary>The resolution of names goes wrong.</summary>
public abstract record DnsFault : NetworkFault
{
    public override string Needs => Capability.Dns;

    internal override string HostWord => "of";
}
