using System.Globalization;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Suggestions;
using Reqnroll;
using Reqnroll.BoDi;

namespace AirHil.Gherkin.Runs;

/// <summary>Runs cases by Reqnroll's runners, one at a time or many at once, as the caller likes.</summary>
public sealed class FeatureRun : IAsyncDisposable
{
    private readonly ITestRunnerManager _manager;
    private readonly RunningHooks _hooks;
    private readonly StepSuggestion _suggestion;
    private readonly Func<TimeSpan> _elapsed;
    private readonly Action<ScenarioCase, IObjectContainer>? _prepare;
    private readonly Lock _gate = new();
    private readonly Dictionary<FeatureCase, FeatureState> _features = [];
    private readonly Lazy<Task> _started;
    private readonly List<Exception> _errors = [];
    private readonly HashSet<ScenarioListener> _listeners = [];
    private bool _finished;

    public FeatureRun(
        StepCatalogue catalogue, IEnumerable<ScenarioCase> cases, Func<TimeSpan> elapsed,
        Action<IObjectContainer>? prepare = null)
        : this(catalogue, cases, elapsed, (_, container) => prepare?.Invoke(container))
    {
    }

    /// <param name="cases">The cases that will be run, to know when a feature is done.</param>
    /// <param name="elapsed">A stopwatch: time since any fixed moment. Durations in results come from it.</param>
    /// <param name="prepare">Called with each scenario and its container before its first hook, to register
    /// objects.</param>
    public FeatureRun(
        StepCatalogue catalogue, IEnumerable<ScenarioCase> cases, Func<TimeSpan> elapsed,
        Action<ScenarioCase, IObjectContainer> prepare)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var container = RigContainers.Create(catalogue.Registry);
        _hooks = container.Resolve<RunningHooks>();
        _manager = container.Resolve<ITestRunnerManager>();
        _manager.Initialize(typeof(FeatureRun).Assembly);
        _elapsed = elapsed;
        _prepare = prepare;
        _suggestion = new StepSuggestion(catalogue);
        _started = new Lazy<Task>(_manager.FireTestRunStartAsync);
        foreach (var feature in cases.Select(one => one.Feature)) StateOf(feature).CasesLeft++;
    }

    /// <summary>The steps and hooks that are running now, with their places.</summary>
    public IReadOnlyList<string> Busy
    {
        get
        {
            lock (_gate) return [.. _listeners.Select(one => one.Place).OfType<string>(), .. _hooks.Names];
        }
    }

    /// <summary>Runs one case to its end. Errors of the case are in the result, never thrown.</summary>
    public async Task<ScenarioResult> RunAsync(ScenarioCase scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        FeatureState feature;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_finished, this);
            feature = StateOf(scenario.Feature);
        }

        var result = scenario.Tags.Contains("ignore")
            ? ScenarioResult.NotRun(scenario, "tagged @ignore")
            : await RunAsync(scenario, feature).ConfigureAwait(false);
        bool isLast;
        lock (_gate) isLast = --feature.CasesLeft == 0;
        if (isLast)
        {
            await GuardedAsync(() => _manager.EndFeatureForAvailableTestRunnersAsync(feature.Info))
                .ConfigureAwait(false);
        }

        return result;
    }

    private async Task<ScenarioResult> RunAsync(ScenarioCase scenario, FeatureState feature)
    {
        ITestRunner runner;
        lock (_gate) runner = _manager.GetTestRunner(feature.Info);
        try
        {
            var listener = runner.TestThreadContext.TestThreadContainer.Resolve<ScenarioListener>();
            lock (_gate) _listeners.Add(listener);
            var before = await StartAsync(runner, feature.Info, listener).ConfigureAwait(false);
            var run = new ScenarioRun(
                _suggestion, runner, listener, scenario, container => _prepare?.Invoke(scenario, container), _elapsed);
            return await run.RunAsync(before).ConfigureAwait(false);
        }
        finally
        {
            _manager.ReleaseTestRunnerToPool(runner);
        }
    }

    /// <summary>Runs the After hooks and disposes of what the run made. A second call does nothing.</summary>
    /// <exception cref="HooksFailedException">Hooks after the scenarios failed.</exception>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_finished) return;
            _finished = true;
        }

        if (!_started.IsValueCreated) return;
        await GuardedAsync(_manager.DisposeAsync).ConfigureAwait(false);
        if (_errors.Count == 0) return;
        throw new HooksFailedException(
            "A hook after the scenarios failed.\n" + string.Join('\n', _errors.Select(ErrorText.Of)), _errors);
    }

    /// <summary>What Reqnroll's generated TestInitialize does: a runner ends its feature and begins another.</summary>
    private async Task<(string, Exception)?> StartAsync(
        ITestRunner runner, FeatureInfo feature, ScenarioListener listener)
    {
        listener.Begin();
        try
        {
            await _started.Value.ConfigureAwait(false);
            if (runner.FeatureContext is { } open && !ReferenceEquals(open.FeatureInfo, feature))
            {
                await GuardedAsync(runner.OnFeatureEndAsync).ConfigureAwait(false);
            }

            if (runner.FeatureContext is null) await runner.OnFeatureStartAsync(feature).ConfigureAwait(false);
            return runner.FeatureContext?.BeforeFeatureHookError is { } before ? ("BeforeFeature", before) : null;
        }
        catch (Exception error)
        {
            return listener.HookErrors is [var first, ..] ? first : ("before the scenario", error);
        }
    }

    private async Task GuardedAsync(Func<Task> action)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            lock (_gate) _errors.Add(ErrorText.Readable(error));
        }
    }

    private FeatureState StateOf(FeatureCase feature)
    {
        if (!_features.TryGetValue(feature, out var state)) _features.Add(feature, state = new FeatureState(feature));
        return state;
    }

    /// <summary>How far a feature has come; guarded by the run's lock.</summary>
    private sealed class FeatureState(FeatureCase feature)
    {
        public FeatureInfo Info { get; } = new(
            LanguageOf(feature), Path.GetDirectoryName(feature.Location.File) ?? "", feature.Title,
            feature.Description, ProgrammingLanguage.CSharp, [.. feature.Tags]);

        public int CasesLeft { get; set; }

        /// <summary>Gherkin has dialects that are no cultures, such as "em" for emoji.</summary>
        private static CultureInfo LanguageOf(FeatureCase feature)
        {
            try
            {
                var culture = CultureInfo.GetCultureInfo(feature.Language);
                return culture.IsNeutralCulture ? CultureInfo.CreateSpecificCulture(feature.Language) : culture;
            }
            catch (CultureNotFoundException)
            {
                return CultureInfo.InvariantCulture;
            }
        }
    }
}
