using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Rig.Properties;

namespace AirHil.Hunt.Runs;

/// <summary>What one run came to.</summary>
/// <param name="Broken">What was broken, in the order in which it was.</param>
/// <param name="Pairs">What the run went through.</param>
/// <param name="Places">What it executed of the script that no run before its round had.</param>
/// <param name="Commits">When it was done with each write to flash.</param>
/// <param name="Nearness">How near it came to breaking each property.</param>
/// <param name="Length">The run's time at its end.</param>
/// <param name="Spin">The longest time for which the script kept the processor.</param>
/// <param name="IsCut">It was ended because of that, before anything else was found.</param>
internal sealed record RunOutcome(
    FaultSchedule Schedule, IReadOnlyList<(Violation Violation, Cause Cause)> Broken, IReadOnlyCollection<ulong> Pairs,
    IReadOnlyList<ulong> Places, IReadOnlyList<TimeSpan> Commits, IReadOnlyList<int> Nearness, TimeSpan Length,
    TimeSpan Spin, bool IsCut);
