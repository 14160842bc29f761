
namespace AirHil.Modem.Faults;

/// <summary>No usable cell: the modem notices and nothing passes either way (reference §3.8, link loss).</summary>
public sealed record DropCoverage : NetworkFault
{
    public override string Needs => Capability.Radio;

    internal override string Words => "drop coverage";
}
