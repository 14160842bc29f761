namespace Reqnroll;

/// <summary>The running step, its status and its error.</summary>
public class ScenarioStepContext : ReqnrollContext
{
    internal ScenarioStepContext(StepInfo stepInfo)
    {
        StepInfo = stepInfo;
    }

    public StepInfo StepInfo { get; }

    public ScenarioExecutionStatus Status { get; set; }

    public Exception? StepError { get; set; }
}
