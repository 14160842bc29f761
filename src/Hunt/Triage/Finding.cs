using AirHil.Modem.Acts;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Triage;

/// <summary>A fault of the script that the hunt found.</summary>
/// <param name="Found">The schedule that showed it first.</param>
/// <param name="Shrunk">The least that still shows it.</param>
/// <param name="Violation">How the shrunk schedule breaks the property.</param>
/// <param name="Schedule">The number of the schedule that showed it first, from 1.</param>
/// <param name="ShrinkRuns">How many runs the shrinking took.</param>
/// <param name="Length">How long a run is that shows it.</param>
public sealed record Finding(
    Cause Cause, FaultSchedule Found, FaultSchedule Shrunk, Violation Violation, int Schedule, int ShrinkRuns,
    TimeSpan Length)
{
    /// <summary>Nobody has stated the property; only a person can tell whether the script must keep it.</summary>
    public bool IsSupposed { get; init; }

    /// <summary>How many schedules have shown it.</summary>
    public int Times { get; internal set; } = 1;
}
