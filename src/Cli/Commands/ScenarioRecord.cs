using AirHil.Cli.Orders;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Live.View;
using AirHil.Modem.Sessions;
using AirHil.Reports;
using AirHil.Rig.Runs;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Steps.Support;

namespace AirHil.Cli.Commands;

/// <summary>What is known of one scenario, while it runs and afterwards.</summary>
/// <param name="keeps">Whether its events are kept for a report.</param>
/// <param name="mask">What recordings hide; null: nothing.</param>
internal sealed class ScenarioRecord(ScenarioCase scenario, TestOrder order, bool keeps, MaskOptions? mask)
{
    private readonly List<StepTime> _steps = [];
    private IReadOnlyList<SessionEvent>? _events;
    private Bench? _bench;
    private SessionRecorder? _recorder;
    private TimeSpan _end;
    private BenchOptions? _options;

    public ScenarioCase Case { get; } = scenario;

    /// <summary>The name that its seed derives from; "" before it has begun.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Its session's hash; "" before its end.</summary>
    public string Hash { get; private set; } = "";

    /// <summary>Calls of functions that the model does not have; a scenario that passed allows them.</summary>
    public IReadOnlyList<RunSummary.UnmodelledCall> NotModelled { get; private set; } = [];

    /// <summary>The file that it was recorded in; null: none.</summary>
    public string? Recording { get; private set; }

    /// <summary>Why the recording is not whole; null: it is, or there is none.</summary>
    public string? RecordingProblem { get; private set; }

    /// <summary>Its place on the live view, where there is one.</summary>
    public LiveEntry? Entry { get; private set; }

    /// <summary>How far its run has come.</summary>
    public TimeSpan Simulated => Volatile.Read(ref _bench) is { } bench ? bench.Session.Latest : _end;

    /// <summary>The settings of the run, with this scenario's doings noted here.</summary>
    public RunSettings Watch(RunSettings settings, LiveView? view) => settings with
    {
        Vitals = order.WantsVitals ? TestOrder.VitalsInterval : null,
        Started = (name, bench) =>
        {
            (Name, _options) = (name, bench.Options);
            Volatile.Write(ref _bench, bench);
            Entry = view?.Add(Case.FullName, bench);
            if (order.Record is null) return;
            Recorded(() => _recorder = SessionRecorder.Start(bench, Opened(), Header(bench), mask));
        },
        StepFinished = (_, from, to) => _steps.Add(new StepTime(from, to)),
        Failed = (_, bench) =>
        {
            if (order.Record is null) Recorded(() => SessionRecorder.Save(bench, Opened(), Header(bench), mask));
        },
        Finished = (_, bench) =>
        {
            Hash = bench.Session.Hash;
            NotModelled = bench.Summary().NotModelled;
            _end = bench.Now;
            if (keeps) _events = bench.Session.EventsWithVitals();
            Recorded(() => _recorder?.Finish());
            _recorder?.Dispose();
            Volatile.Write(ref _bench, null);
        },
    };

    /// <summary>It is tried again: what was noted of the try before is no longer of interest.</summary>
    public void Forget()
    {
        _steps.Clear();
        (_events, _recorder, Recording) = (null, null, null);
    }

    /// <summary>What a report shows of it.</summary>
    public ReportScenario Reported(ScenarioResult result) => new()
    {
        Result = result,
        StepTimes = [.. _steps],
        Seed = _options?.Seed,
        Repeat = order.Repeat(Case),
        Session = _events is null
            ? null
            : new ReportSession(_options!.Target.Name, _events)
            {
                Length = _end,
                Hash = Hash,
                StartDate = _options.StartDate,
            },
    };

    /// <summary>A full disk is no fault of the scenario; the run reports it at its end.</summary>
    private void Recorded(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            RecordingProblem ??= problem.Message;
        }
    }

    private string Opened() => Recording = SessionFiles.Reserve(
        order.Recordings, Case.RecordingTitle, SessionCompression.Zstandard);

    private SessionHeader Header(Bench bench) => SessionHeader.For(bench.Options) with { Title = Case.FullName };
}
