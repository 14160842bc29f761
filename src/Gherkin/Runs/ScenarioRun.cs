using System.Collections.Specialized;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Suggestions;
using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.BoDi;
using Reqnroll.ErrorHandling;

namespace AirHil.Gherkin.Runs;

/// <summary>One run of one case: what Reqnroll's generated code would do, and what came of it.</summary>
internal sealed class ScenarioRun(
    StepSuggestion suggestion, ITestRunner runner, ScenarioListener listener, ScenarioCase scenario,
    Action<IObjectContainer> prepare, Func<TimeSpan> elapsed)
{
    private readonly List<StepResult> _steps = [];
    private readonly List<AroundFailure> _errors = [];
    private CaseStatus _status = CaseStatus.Passed;
    private string? _skipReason;

    /// <param name="before">What failed before the scenario could start: a hook of the run or the feature.</param>
    public async Task<ScenarioResult> RunAsync((string Place, Exception Error)? before)
    {
        var start = elapsed();
        listener.Begin();
        if (before is { } failed) Note(failed.Place, failed.Error);
        else if (scenario.Steps.Count == 0)
        {
            Note($"{scenario.Location}", new BindingException("The scenario has no steps, so it tests nothing."));
        }

        if (_status == CaseStatus.Passed) await RunStartedAsync().ConfigureAwait(false);
        else _steps.AddRange(scenario.Steps.Select(s => new StepResult(s, CaseStatus.Skipped, TimeSpan.Zero, null)));
        var (lines, attachments) = listener.Written();
        return new ScenarioResult
        {
            Case = scenario,
            Status = _status,
            Steps = _steps,
            Began = start,
            Duration = elapsed() - start,
            Message = string.Join("\n\n", _errors.Select(one => $"{one.Place}\n{ErrorText.Of(one.Error)}")),
            Errors = [.. _errors.Select(one => one.Error)],
            Around = [.. _errors.Where(one => !_steps.Exists(step => step.Error == one.Error))],
            SkipReason = _status == CaseStatus.Skipped ? _skipReason : null,
            Output = lines,
            Attachments = attachments,
        };
    }

    private async Task RunStartedAsync()
    {
        var arguments = new OrderedDictionary();
        foreach (var (name, value) in scenario.Arguments) arguments[name] = value;
        var inherited = scenario.Feature.Tags.Union(scenario.RuleTags).Except(scenario.OwnTags);
        runner.OnScenarioInitialize(
            new ScenarioInfo(
                scenario.Title, scenario.Description, [.. scenario.OwnTags], arguments, [.. inherited]),
            scenario.Rule is null
                ? null
                : new RuleInfo(scenario.Rule, scenario.RuleDescription, [.. scenario.RuleTags]));
        prepare(runner.ScenarioContext.ScenarioContainer);
        await GuardedAsync("start", runner.OnScenarioStartAsync).ConfigureAwait(false);
        foreach (var step in scenario.Steps) await RunStepAsync(step).ConfigureAwait(false);
        await GuardedAsync("end", runner.CollectScenarioErrorsAsync).ConfigureAwait(false);
        listener.Place = $"{scenario.Location}  {scenario.Title}: disposal of what its bindings made";
        await GuardedAsync("disposal", runner.OnScenarioEndAsync).ConfigureAwait(false);
    }

    private async Task RunStepAsync(StepCase step)
    {
        listener.Step = null;
        var start = elapsed();
        var place = listener.Place = $"{step.Location}  {step}";
        Func<string, string?, Table?, string, Task> run = step.Type switch
        {
            StepDefinitionType.Given => runner.GivenAsync,
            StepDefinitionType.When => runner.WhenAsync,
            _ => runner.ThenAsync,
        };
        var error = await GuardedAsync(
            place, () => run(step.Text, step.DocString, step.NewTable(), step.Keyword + " ")).ConfigureAwait(false);
        var status = listener.Step?.Status ?? ScenarioExecutionStatus.TestError;
        if (status == ScenarioExecutionStatus.UndefinedStep)
        {
            error = new BindingException(suggestion.For(step));
            if (_status != CaseStatus.Skipped) Note(place, error, CaseStatus.Undefined);
            _steps.Add(new StepResult(step, CaseStatus.Undefined, TimeSpan.Zero, error));
            return;
        }

        error ??= listener.Step?.StepError;
        if (error is AmbiguousBindingException several) error = new BindingException(Ambiguity(step, several), several);
        if (status == ScenarioExecutionStatus.Skipped && error is null)
        {
            _steps.Add(new StepResult(step, CaseStatus.Skipped, TimeSpan.Zero, null));
            return;
        }

        if (error is not null) Note(place, error);
        _steps.Add(new StepResult(step, error is null ? CaseStatus.Passed : StatusOf(error), elapsed() - start, error)
        {
            Began = start,
        });
    }

    /// <summary>Errors of hooks are known by then, with a better place; the rest is noted here.</summary>
    private async Task<Exception?> GuardedAsync(string place, Func<Task> action)
    {
        Exception? thrown = null;
        try
        {
            await action().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            thrown = ErrorText.Readable(error);
        }

        listener.Place = null;
        foreach (var (hook, error) in listener.HookErrors) Note(hook, error);
        listener.HookErrors.Clear();
        // A failure of the end is reported already, by its step.
        if (thrown is MissingStepDefinitionException or PendingStepException) thrown = null;
        if (thrown is not null) Note(place, thrown);
        return thrown;
    }

    private void Note(string place, Exception error) => Note(place, error, StatusOf(error));

    private void Note(string place, Exception error, CaseStatus found)
    {
        if (_errors.Exists(known => known.Error == error || known.Error.InnerException == error)) return;
        _errors.Add(new AroundFailure(place, found, error, _steps.Count == 0));
        if (found == CaseStatus.Skipped) _skipReason ??= error.Message;
        if (found > _status) _status = found;
    }

    private static CaseStatus StatusOf(Exception error) => error switch
    {
        ScenarioSkippedException => CaseStatus.Skipped,
        PendingStepException or PendingScenarioException => CaseStatus.Pending,
        AmbiguousBindingException or { InnerException: AmbiguousBindingException } => CaseStatus.Ambiguous,
        _ => CaseStatus.Failed,
    };

    private static string Ambiguity(StepCase step, AmbiguousBindingException several) =>
        $"Several bindings fit \"{step.Text}\":\n" + string.Join('\n', several.Matches.Select(one =>
            $"  {new StepBinding([one.StepBinding]).Method.Name}  \"{one.StepBinding.SourceExpression}\""));
}
