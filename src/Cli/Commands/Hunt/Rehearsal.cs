using System.Diagnostics;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Hunt.Search;
using AirHil.Hunt.Subjects;
using AirHil.Rig.Properties;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>One run of a scenario as it is written, and what it tells of the run that is to be hunted.</summary>
internal sealed class Rehearsal
{
    private readonly List<StepCase> _arrangements = [];
    private Bench? _bench;
    private (TimeSpan Now, int Acts, int Properties, int Scheduled) _before;
    private int _step;

    private Rehearsal(ScenarioCase scenario) => Result = ScenarioResult.NotRun(scenario, "");

    /// <summary>What became of the scenario.</summary>
    public ScenarioResult Result { get; private set; }

    /// <summary>What is to be run; null: the scenario did not come to its end, or cannot be hunted.</summary>
    public HuntSubject? Subject { get; private set; }

    /// <summary>The scenario states no property, so it is judged by some that fit any script.</summary>
    public bool IsGeneric { get; private set; }

    /// <summary>What the run kept beyond what the scenario states.</summary>
    public IReadOnlyList<Property> Proposals { get; private set; } = [];

    /// <summary>What in the run makes a hunt say little, and what to do about it.</summary>
    public IReadOnlyList<string> Hints { get; private set; } = [];

    /// <summary>The steps that neither act nor let time pass: the script, the services, what may be called.</summary>
    public IReadOnlyList<StepCase> Arrangements => _arrangements;

    /// <param name="record">The file for the run's recording; null: none is written.</param>
    public static async Task<Rehearsal> RunAsync(
        HuntOrder order, StepCatalogue catalogue, ScenarioCase scenario, CancellationToken cancel,
        string? record = null)
    {
        var notes = new Rehearsal(scenario);
        var clock = Stopwatch.StartNew();
        var settings = new RunSettings
        {
            Seed = order.Seed,
            Bits = order.Bits,
            Libraries = ScriptLibraries.From(order.Libraries),
            AllowedUnmodelled = order.AllowedUnmodelled,
            Cancel = cancel,
            Started = (_, bench) => notes._bench = bench,
        };
        settings = settings with
        {
            StepFinished = (_, _, _) => notes.NoteStep(scenario),
            Finished = (name, bench) => notes.Finish(bench, settings.SeedOf(name), record),
        };
        await using var run = new FeatureRun(
            catalogue, [scenario], () => clock.Elapsed, container => container.RegisterInstanceAs(settings));
        notes.Result = await run.RunAsync(scenario);
        return notes;
    }

    private void NoteStep(ScenarioCase scenario)
    {
        var step = scenario.Steps[_step++];
        var after = _bench is null ? default : (
            _bench.Now, _bench.Session.Notes().Count(n => n is SessionNote.Acted), _bench.Properties.Count,
            _bench.Scheduled);
        var isSeed = step.Text.StartsWith("the run's seed ", StringComparison.Ordinal);
        if (after == _before && !isSeed) _arrangements.Add(step);
        _before = after;
    }

    private void Finish(Bench bench, ulong seed, string? record)
    {
        if (record is not null) SessionRecorder.Save(bench, record);
        try
        {
            var subject = HuntSubject.Of(
                bench, bench.Options.Seed <= int.MaxValue ? (int)bench.Options.Seed : (int)(seed & int.MaxValue));
            IsGeneric = subject.Properties.Count == 0;
            if (record is null)
            {
                Proposals = Hunt.Subjects.Proposals.Of(bench);
                Hints = Hunt.Subjects.Hints.Of(bench);
            }

            Subject = IsGeneric
                ? HuntSearch.Kept(subject with { Properties = GenericProperties.Of(bench) })
                : subject;
        }
        catch (InvalidOperationException)
        {
            Subject = null;
        }
    }
}
