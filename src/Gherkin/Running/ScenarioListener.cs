using AirHil.Gherkin.Bindings;
using Reqnroll;
using Reqnroll.Events;

namespace AirHil.Gherkin.Running;

/// <summary>What Reqnroll tells of the scenario that one of its runners is running. One per runner.</summary>
internal sealed class ScenarioListener : IAsyncExecutionEventListener
{
    private readonly Lock _gate = new();
    private List<string> _lines = [];
    private List<string> _attachments = [];

    public ScenarioListener(ITestThreadExecutionEventPublisher publisher) => publisher.AddListener(this);

    /// <summary>The step that ended last; null: the present one has not been begun.</summary>
    public IScenarioStepContext? Step { get; set; }

    public List<(string Place, Exception Error)> HookErrors { get; private set; } = [];

    public void Begin()
    {
        Step = null;
        HookErrors = [];
        lock (_gate) (_lines, _attachments) = ([], []);
    }

    public (string[] Lines, string[] Attachments) Written()
    {
        lock (_gate) return ([.. _lines], [.. _attachments]);
    }

    public Task OnEventAsync(IExecutionEvent executionEvent)
    {
        switch (executionEvent)
        {
            case StepFinishedEvent step:
                Step = step.StepContext;
                break;
            case HookBindingFinishedEvent { HookException: { } error } hook:
                HookErrors.Add((
                    $"{hook.HookBinding.HookType} {BindingMethod.Of(hook.HookBinding.Method).Name}", error));
                break;
            case OutputAddedEvent output:
                lock (_gate) _lines.Add(output.Text);
                break;
            case AttachmentAddedEvent attachment:
                lock (_gate) _attachments.Add(attachment.FilePath);
                break;
        }

        return Task.CompletedTask;
    }
}
