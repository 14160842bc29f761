using System.Globalization;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Running;
using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.BoDi;
using Reqnroll.UnitTestProvider;

namespace AirHil.Gherkin;

/// <summary>
/// Runs cases, one at a time or many at once, as the caller likes. The hooks of the run and of a feature run before
/// their first case; a feature's After hooks run after the last of the cases given, the rest when the run finishes.
/// </summary>
public sealed class FeatureRun : IAsyncDisposable
{
    private readonly StepCatalogue _catalogue;
    private readonly StepMatcher _matcher;
    private readonly Func<TimeSpan> _elapsed;
    private readonly Action<ScenarioCase, IObjectContainer>? _prepare;
    private readonly ObjectContainer _container = new();
    private readonly Lock _gate = new();
    private readonly Dictionary<FeatureCase, FeatureState> _features = [];
    private readonly List<Exception> _errors = [];
    private readonly Lazy<Task<(string, Exception)?>> _started;
    private bool _finished;

    /// <param name="cases">The cases that will be run, to know when a feature is done.</param>
    /// <param name="elapsed">A stopwatch: time since any fixed moment. Durations in results come from it.</param>
    /// <param name="prepare">Called with each scenario's container before its first hook, to register objects.</param>
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
        _catalogue = catalogue;
        _elapsed = elapsed;
        _prepare = prepare;
        _matcher = new StepMatcher(catalogue);
        _started = new Lazy<Task<(string, Exception)?>>(
            () => RunHooksAsync(HookType.BeforeTestRun, _container, null, null));
        _container.RegisterInstanceAs<IObjectContainer>(_container);
        _container.RegisterInstanceAs<IUnitTestRuntimeProvider>(new RuntimeProvider());
        foreach (var feature in cases.Select(one => one.Feature)) StateOf(feature).CasesLeft++;
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

        var before = await feature.Started.Value.ConfigureAwait(false);
        var objects = new ObjectContainer(feature.Container);
        _prepare?.Invoke(scenario, objects);
        var run = new ScenarioRun(_catalogue, _matcher, scenario, objects, _elapsed);
        var result = await run.RunAsync(before).ConfigureAwait(false);
        bool isLast;
        lock (_gate) isLast = --feature.CasesLeft == 0;
        if (isLast) await EndAsync(feature).ConfigureAwait(false);
        return result;
    }

    /// <summary>Runs the After hooks and disposes of what the run made. A second call does nothing.</summary>
    /// <exception cref="AggregateException">After hooks of a feature or of the run failed.</exception>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_finished) return;
            _finished = true;
        }

        foreach (var feature in _features.Values) await EndAsync(feature).ConfigureAwait(false);
        if (_started.IsValueCreated)
        {
            await RunHooksAsync(HookType.AfterTestRun, _container, null, _errors.Add).ConfigureAwait(false);
        }

        await GuardedAsync(_container.DisposeAsync, _errors.Add).ConfigureAwait(false);
        if (_errors.Count > 0) throw new AggregateException("Hooks after the scenarios failed.", _errors);
    }

    private FeatureState StateOf(FeatureCase feature)
    {
        if (!_features.TryGetValue(feature, out var state))
        {
            _features.Add(feature, state = new FeatureState(feature, _container, StartAsync));
        }

        return state;
    }

    /// <summary>The hooks before the feature, at the first call those before the run too. Gives what failed.</summary>
    private async Task<(string, Exception)?> StartAsync(FeatureCase feature, ObjectContainer objects) =>
        await _started.Value.ConfigureAwait(false)
        ?? await RunHooksAsync(HookType.BeforeFeature, objects, feature, null).ConfigureAwait(false);

    private async Task EndAsync(FeatureState feature)
    {
        lock (_gate)
        {
            if (feature.Ended || !feature.Started.IsValueCreated) return;
            feature.Ended = true;
        }

        await RunHooksAsync(HookType.AfterFeature, feature.Container, feature.Feature, Note).ConfigureAwait(false);
        await GuardedAsync(feature.Container.DisposeAsync, Note).ConfigureAwait(false);

        void Note(Exception error)
        {
            lock (_gate) _errors.Add(error);
        }
    }

    /// <summary>Before hooks stop at the first that fails; After hooks all run and report each error.</summary>
    private async Task<(string, Exception)?> RunHooksAsync(
        HookType moment, ObjectContainer objects, FeatureCase? feature, Action<Exception>? note)
    {
        foreach (var hook in _catalogue.HooksAt(moment))
        {
            if (!hook.Scope.Covers(feature?.Tags ?? [], feature?.Title, null)) continue;
            Exception? failed = null;
            await GuardedAsync(() => hook.RunAsync(objects), error => failed = error).ConfigureAwait(false);
            if (failed is null) continue;
            if (note is null) return ($"{moment} {hook.Method.Name}", failed);
            note(failed);
        }

        return null;
    }

    private static async Task GuardedAsync(Func<ValueTask> action, Action<Exception> note)
    {
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            note(error);
        }
    }

    /// <summary>How far a feature has come; guarded by the run's lock.</summary>
    private sealed class FeatureState
    {
        public FeatureState(
            FeatureCase feature, ObjectContainer run,
            Func<FeatureCase, ObjectContainer, Task<(string, Exception)?>> start)
        {
            Feature = feature;
            Container = new ObjectContainer(run);
            Started = new Lazy<Task<(string, Exception)?>>(() => start(feature, Container));
            var folder = Path.GetDirectoryName(feature.Location.File) ?? "";
            var info = new FeatureInfo(
                LanguageOf(feature), folder, feature.Title, feature.Description, [.. feature.Tags]);
            var context = new FeatureContext(Container, info);
            Container.RegisterInstanceAs<IObjectContainer>(Container);
            Container.RegisterInstanceAs(context);
            Container.RegisterInstanceAs<IFeatureContext>(context);
        }

        public FeatureCase Feature { get; }

        public ObjectContainer Container { get; }

        public int CasesLeft { get; set; }

        public bool Ended { get; set; }

        public Lazy<Task<(string, Exception)?>> Started { get; }

        /// <summary>Gherkin has dialects that are no cultures, such as "em" for emoji.</summary>
        private static CultureInfo LanguageOf(FeatureCase feature)
        {
            try
            {
                return CultureInfo.GetCultureInfo(feature.Language);
            }
            catch (CultureNotFoundException)
            {
                return CultureInfo.InvariantCulture;
            }
        }
    }
}
