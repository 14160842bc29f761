using AirHil.Gherkin;
using AirHil.Rig.Scenarios;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>What is known of one scenario, while it runs and afterwards.</summary>
internal sealed class ScenarioRecord(ScenarioCase scenario)
{
    private Bench? _bench;
    private TimeSpan _end;

    public ScenarioCase Case { get; } = scenario;

    /// <summary>The name that its seed derives from; "" before it has begun.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its session's hash; "" before its end.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>How far its run has come.</summary>
    public TimeSpan Simulated => Volatile.Read(ref _bench) is { } bench ? bench.Session.Latest : _end;

    /// <summary>The settings of the run, with this scenario's doings noted here.</summary>
    public RunSettings Watch(RunSettings settings) => settings with
    {
        Started = (name, bench) =>
        {
            Name = name;
            Volatile.Write(ref _bench, bench);
        },
        Finished = (_, bench) =>
        {
            Hash = bench.Session.Hash;
            _end = bench.Now;
            Volatile.Write(ref _bench, null);
        },
    };
}
