using Reqnroll;
using Reqnroll.Events;

namespace AirHil.Gherkin.Runs;

/// <summary>What Reqnroll tells of the scenario that one of its runners is running. One per runner.</summary>
internal sealed class ScenarioListener : IAsyncExecutionEventListener
{
    private readonly Lock _gate = new();
    private List<string> _lines = [];
    private List<string> _attachments = [];
    private volatile string? _place;

    public ScenarioListener(ITestThreadExecutionEventPublisher publisher) => publisher.AddListener(this);

    /// <summary>The step that ended last; null: the present one has not begun.</summary>
    public IScenarioStepContext? Step { get; set; }

    /// <summary>The step that is running now; null: none.</summary>
    public string? Place
    {
        get => _place;
        set => _place = value;
    }

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
                HookErrors.Add((RunningHooks.NameOf(hook.HookBinding), error));
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
