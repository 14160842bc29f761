using System.Collections.Specialized;
using AirHil.Gherkin.Bindings;
using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.BoDi;

namespace AirHil.Gherkin.Running;

/// <summary>
/// One run of one case: hooks, steps, disposal, result. After the first step that does not pass the others are passed
/// over, but a step without binding is reported wherever it stands. The After hooks run whatever happened.
/// </summary>
internal sealed class ScenarioRun
{
    private readonly StepCatalogue _catalogue;
    private readonly StepMatcher _matcher;
    private readonly ScenarioCase _scenario;
    private readonly Func<TimeSpan> _elapsed;
    private readonly ObjectContainer _container;
    private readonly ScenarioContext _context;
    private readonly ScenarioOutput _output = new();
    private readonly List<StepResult> _steps = [];
    private readonly List<(string Place, Exception Error)> _errors = [];
    private CaseStatus _status = CaseStatus.Passed;
    private string? _skipReason;

    public ScenarioRun(
        StepCatalogue catalogue, StepMatcher matcher, ScenarioCase scenario, ObjectContainer container,
        Func<TimeSpan> elapsed)
    {
        _catalogue = catalogue;
        _matcher = matcher;
        _scenario = scenario;
        _elapsed = elapsed;
        _container = container;
        _context = NewContext(scenario, container);
        container.RegisterInstanceAs<IObjectContainer>(container);
        container.RegisterInstanceAs(_context);
        container.RegisterInstanceAs<IScenarioContext>(_context);
        container.RegisterInstanceAs<IReqnrollOutputHelper>(_output);
    }

    /// <summary>Runs the case and disposes of its container.</summary>
    /// <param name="before">What failed before the scenario could start: a hook of the run or the feature.</param>
    public async Task<ScenarioResult> RunAsync((string Place, Exception Error)? before)
    {
        var start = _elapsed();
        if (before is { } failed) Note(failed.Place, failed.Error);
        else if (_scenario.Tags.Contains("ignore")) Note("tag", new ScenarioSkippedException("tagged @ignore"));
        else if (_scenario.Steps.Count == 0)
        {
            Note($"{_scenario.Location}", new BindingException("The scenario has no steps, so it tests nothing."));
        }

        var mayStart = _status == CaseStatus.Passed;
        if (mayStart) await RunHooksAsync(HookType.BeforeScenario).ConfigureAwait(false);
        foreach (var step in _scenario.Steps) await RunStepAsync(step).ConfigureAwait(false);
        if (mayStart) await RunHooksAsync(HookType.AfterScenario).ConfigureAwait(false);
        await GuardedAsync("disposal", _container.DisposeAsync).ConfigureAwait(false);
        return new ScenarioResult
        {
            Case = _scenario,
            Status = _status,
            Steps = _steps,
            Began = start,
            Duration = _elapsed() - start,
            Message = string.Join("\n\n", _errors.Select(one => $"{one.Place}\n{TextOf(one.Error)}")),
            Errors = [.. _errors.Select(one => one.Error)],
            SkipReason = _status == CaseStatus.Skipped ? _skipReason : null,
            Output = _output.Lines,
            Attachments = _output.Attachments,
        };
    }

    private static ScenarioContext NewContext(ScenarioCase scenario, ObjectContainer container)
    {
        var arguments = new OrderedDictionary();
        foreach (var (name, value) in scenario.Arguments) arguments[name] = value;
        var inherited = scenario.Feature.Tags.Union(scenario.RuleTags).Except(scenario.OwnTags);
        var info = new ScenarioInfo(
            scenario.Title, scenario.Description, [.. scenario.OwnTags], arguments, [.. inherited]);
        var rule = scenario.Rule is null
            ? null
            : new RuleInfo(scenario.Rule, scenario.RuleDescription, [.. scenario.RuleTags]);
        return new ScenarioContext(container, info, rule);
    }

    private async Task RunStepAsync(StepCase step)
    {
        var match = _matcher.Match(step, _scenario);
        var place = $"{step.Location}  {step}";
        if (match.Binding is null)
        {
            if (_status != CaseStatus.Skipped) Note(place, match.Error!, match.Status);
            _steps.Add(new StepResult(step, match.Status, TimeSpan.Zero, match.Error));
            return;
        }

        if (_status != CaseStatus.Passed)
        {
            _steps.Add(new StepResult(step, CaseStatus.Skipped, TimeSpan.Zero, null));
            return;
        }

        var start = _elapsed();
        var table = step.NewTable();
        var stepContext = new ScenarioStepContext(new StepInfo(step.Type, step.Text, table, step.DocString));
        _context.StepContext = stepContext;
        _context.CurrentScenarioBlock = (ScenarioBlock)step.Type;
        var error = await RunHooksAsync(HookType.BeforeStep).ConfigureAwait(false);
        error ??= await GuardedAsync(place, () => InvokeAsync(step, match, table)).ConfigureAwait(false);
        stepContext.StepError = stepContext.TestError = error;
        stepContext.Status = error is null ? ScenarioExecutionStatus.OK : ExecutionStatusOf(StatusOf(error));
        var errorAfter = await RunHooksAsync(HookType.AfterStep).ConfigureAwait(false);
        error ??= errorAfter;
        _steps.Add(new StepResult(
            step, error is null ? CaseStatus.Passed : StatusOf(error), _elapsed() - start, error)
        {
            Began = start,
        });
    }

    private async ValueTask InvokeAsync(StepCase step, StepMatch match, DataTable? table)
    {
        var binding = match.Binding!;
        List<object> values = [.. match.Values];
        if (step.DocString is not null) values.Add(step.DocString);
        if (table is not null) values.Add(table);
        var parameters = binding.Method.Parameters;
        if (values.Count != parameters.Count)
        {
            throw new BindingException(
                $"{binding.Method.Name}: the step gives {values.Count} values (with table or text), " +
                $"the method takes {parameters.Count}.");
        }

        var arguments = new object?[values.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var name = binding.Expression.Parameters is { } types && i < types.Count ? types[i].Name : null;
            arguments[i] = await _catalogue.Converter
                .ConvertAsync(values[i], parameters[i].ParameterType, name, _container).ConfigureAwait(false);
        }

        await binding.Method.InvokeAsync(_container, arguments).ConfigureAwait(false);
    }

    /// <summary>A Before hook that fails stops the next ones; After hooks all run, so that each can clean up.</summary>
    private async Task<Exception?> RunHooksAsync(HookType moment)
    {
        Exception? first = null;
        List<BindingMethod> done = [];
        foreach (var hook in _catalogue.HooksAt(moment))
        {
            if (!hook.Scope.Covers(_scenario.Tags, _scenario.Feature.Title, _scenario.Title)) continue;
            if (done.Exists(hook.Method.IsSameAs)) continue;
            done.Add(hook.Method);
            var error = await GuardedAsync($"{moment} {hook.Method.Name}", () => hook.RunAsync(_container))
                .ConfigureAwait(false);
            first ??= error;
            if (first is not null && moment is (HookType.BeforeScenario or HookType.BeforeStep)) break;
        }

        return first;
    }

    private async Task<Exception?> GuardedAsync(string place, Func<ValueTask> action)
    {
        try
        {
            await action().ConfigureAwait(false);
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            Note(place, error);
            return error;
        }
    }

    private void Note(string place, Exception error) => Note(place, error, StatusOf(error));

    private void Note(string place, Exception error, CaseStatus found)
    {
        _errors.Add((place, error));
        if (found == CaseStatus.Skipped) _skipReason ??= error.Message;
        if (found <= _status) return;
        _status = found;
        _context.TestError = error;
        _context.ScenarioExecutionStatus = ExecutionStatusOf(found);
    }

    private static CaseStatus StatusOf(Exception error) => error switch
    {
        ScenarioSkippedException => CaseStatus.Skipped,
        PendingStepException => CaseStatus.Pending,
        _ => CaseStatus.Failed,
    };

    private static ScenarioExecutionStatus ExecutionStatusOf(CaseStatus status) => status switch
    {
        CaseStatus.Passed => ScenarioExecutionStatus.OK,
        CaseStatus.Skipped => ScenarioExecutionStatus.Skipped,
        CaseStatus.Pending => ScenarioExecutionStatus.StepDefinitionPending,
        CaseStatus.Undefined => ScenarioExecutionStatus.UndefinedStep,
        CaseStatus.Ambiguous => ScenarioExecutionStatus.BindingError,
        _ => ScenarioExecutionStatus.TestError,
    };

    /// <summary>Mistakes in bindings explain themselves; for all else the stack shows where it came from.</summary>
    private static string TextOf(Exception error) =>
        error is ScenarioSkippedException or ReqnrollException or ObjectContainerException
            ? error.Message
            : $"{error.GetType().Name}: {error.Message}\n{error.StackTrace}";
}
