
namespace AirHil.Modem.Faults;

/// <summary>
/// One thing that goes wrong, as a value: written, read, compared, printed as a phrase (<see cref="FaultPhrase"/>),
/// generated from a seed (design §9). It says what, never when: that is an act's matter.
/// </summary>
public abstract record Fault
{
    private protected Fault()
    {
    }

    /// <summary>It happens at one moment and has no end; otherwise it acts until it is ended.</summary>
    public virtual bool IsMoment => false;

    /// <summary>The capability that a target must have to suffer it (<see cref="Capability"/>).</summary>
    public abstract string Needs { get; }

    /// <summary>The duration that is a part of it: how late, how slow, how long a gap; zero: there is none.</summary>
    public virtual TimeSpan Extent => TimeSpan.Zero;

    /// <summary>The same with another such duration; itself where it has none.</summary>
    public virtual Fault WithExtent(TimeSpan extent) => this;

    /// <summary>
    /// What it is limited to. Its phrase can be read back only if it accepts all of these limits.
    /// </summary>
    public FaultLimits Limits { get; init; } = FaultLimits.None;

    /// <summary>How it can be limited.</summary>
    public LimitKinds Accepts => FaultPhrase.AcceptedBy(Words);

    /// <summary>The phrase that <see cref="FaultPhrase.Parse"/> reads back to an equal value.</summary>
    public string Phrase => FaultPhrase.Limited(Words, Limits);

    /// <summary>The phrase without its limits.</summary>
    internal abstract string Words { get; }

    public sealed override string ToString() => Phrase;
}

/// <summary>A fault between the modem and the service.</summary>
public abstract record NetworkFault : Fault
{
    public override string Needs => Capability.Network;
}

/// <summary>A fault of the service itself.</summary>
public abstract record ServiceFault : Fault
{
    public override string Needs => Capability.Service;
}
