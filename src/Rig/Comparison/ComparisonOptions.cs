using System.Text.RegularExpressions;
using AirHil.Modem.Sessions;
using AirHil.Modem.Units;

namespace AirHil.Rig.Comparison;

/// <summary>What counts as a difference between two sessions.</summary>
public sealed record ComparisonOptions
{
    /// <summary>How far the time between two events of one session may lie from that in the other.</summary>
    public Tolerance Tolerance { get; init; }

    /// <summary>
    /// Events must come in one order, whatever lane and modem they are of, as in two runs of virtual time; otherwise
    /// each lane of each modem is aligned for itself.
    /// </summary>
    public bool Ordered { get; init; } = true;

    /// <summary>
    /// Passes over what is bound to differ between two modules: IMEI and ICCID, dates, and numbers of memory that is in
    /// use.
    /// </summary>
    public bool IgnoreIdentity { get; init; }

    /// <summary>
    /// Passes over why a module started, which not every modem tells (<see cref="Modem.Capability.StartReason"/>).
    /// </summary>
    public bool WithoutStartReasons { get; init; }

    /// <summary>Lanes that are not looked at.</summary>
    public IReadOnlyCollection<SessionLane> WithoutLanes { get; init; } = [];

    /// <summary>Kinds that are not looked at.</summary>
    public IReadOnlyCollection<string> WithoutKinds { get; init; } = [];

    /// <summary>What of texts and bytes is not looked at.</summary>
    public IReadOnlyList<Regex> WithoutTexts { get; init; } = [];

    /// <summary>
    /// Lanes of which one session has nothing are left out, and told in the notes: a board shows no air. Otherwise
    /// their events are missing there.
    /// </summary>
    public bool SkipMissingLanes { get; init; }

    /// <summary>How many events of each session are shown around the first difference.</summary>
    public int Context { get; init; } = 10;
}
