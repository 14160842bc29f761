using System.Collections.Concurrent;
using System.Globalization;
using AirHil.Modem;
using AirHil.Rig.Network;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Runs;

namespace AirHil.Steps.Support;

/// <summary>
/// What a whole run of features is started with. The command registers its own in each scenario's container; other
/// runners get the defaults, changed by AIRHIL_SEED and AIRHIL_BITS.
/// </summary>
public sealed record RunSettings
{
    private readonly ConcurrentDictionary<string, FirmwareSource> _sources = new(StringComparer.Ordinal);

    /// <summary>The run's seed; a scenario's own derives from it and the scenario's name.</summary>
    public ulong Seed { get; init; } = Number("AIRHIL_SEED", 1);

    /// <summary>32 or 64, where the scenario says nothing else.</summary>
    public int Bits { get; init; } = (int)Number("AIRHIL_BITS", 32);

    /// <summary>Calendar time at the start, in UTC; null is the default date.</summary>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>The link between modules and services; null is the standard one.</summary>
    public NetworkProfile? NetworkProfile { get; init; }

    /// <summary>What the scenarios run on, by the width of Lua's numbers.</summary>
    public Func<int, IModemTarget> Target { get; init; } = bits => new VirtualTarget { Bits = bits };

    /// <summary>Called with the scenario's name and bench when it begins, before anything happens on it.</summary>
    public Action<string, Bench>? Started { get; init; }

    /// <summary>
    /// Called with the scenario's name and bench when it ends and has failed, before <see cref="Finished"/>.
    /// </summary>
    public Action<string, Bench>? Failed { get; init; }

    /// <summary>Called with the scenario's name and bench when it ends, passed or not.</summary>
    public Action<string, Bench>? Finished { get; init; }

    /// <summary>
    /// Called with the scenario's name when one of its steps ends, passed or not, and with the run times at which the
    /// step began and ended.
    /// </summary>
    public Action<string, TimeSpan, TimeSpan>? StepFinished { get; init; }

    /// <summary>How far apart samples of heap, CPU and watchdog are taken; null: none are.</summary>
    public TimeSpan? Vitals { get; init; }

    /// <summary>The capabilities that the scenario needs, if they are known in advance.</summary>
    public IReadOnlyCollection<string> Needs { get; init; } = [];

    /// <summary>
    /// Functions that a script may call although the model does not have them ("gpio.setup"); "all" allows every one.
    /// </summary>
    public IReadOnlyCollection<string> AllowedUnmodelled { get; init; } = [];

    /// <summary>
    /// Script libraries for projects that do not bring their own; by default those of AIRHIL_LIB, which is read when it
    /// is needed.
    /// </summary>
    public ScriptLibraries Libraries { get => field ??= ScriptLibraries.From(); init; }

    /// <summary>The run is to stop.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>One source, and so one compilation, for all scenarios of the run that name the same script.</summary>
    /// <param name="script">Its path, or its text.</param>
    /// <param name="libraries">What completes it.</param>
    public FirmwareSource Source(string script, ScriptLibraries libraries, Func<string, FirmwareSource> open)
    {
        ArgumentNullException.ThrowIfNull(libraries);
        return _sources.GetOrAdd($"{libraries.Key}\0{script}", _ => libraries.Complete(open(script)));
    }

    /// <summary>The seed of one scenario: the same whatever else runs, and in whichever order.</summary>
    public ulong SeedOf(string scenario) => SplitMix64.For(Seed, scenario).Next();

    private static ulong Number(string variable, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number)
            ? number
            : otherwise;
}
