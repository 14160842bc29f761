using Reqnroll.BoDi;

namespace Reqnroll;

/// <summary>What bindings may know of the scenario they run in; one per scenario, got by injection.</summary>
public interface IScenarioContext
{
    ScenarioInfo ScenarioInfo { get; }

    RuleInfo? RuleInfo { get; }

    ScenarioBlock CurrentScenarioBlock { get; }

    IObjectContainer ScenarioContainer { get; }

    ScenarioExecutionStatus ScenarioExecutionStatus { get; }

    Exception? TestError { get; }
}

/// <inheritdoc cref="IScenarioContext"/>
public class ScenarioContext : ReqnrollContext, IScenarioContext
{
    private ScenarioStepContext? _stepContext;

    internal ScenarioContext(IObjectContainer scenarioContainer, ScenarioInfo scenarioInfo, RuleInfo? ruleInfo)
    {
        ScenarioContainer = scenarioContainer;
        ScenarioInfo = scenarioInfo;
        RuleInfo = ruleInfo;
    }

    public ScenarioInfo ScenarioInfo { get; }

    public RuleInfo? RuleInfo { get; }

    public ScenarioBlock CurrentScenarioBlock { get; internal set; }

    public IObjectContainer ScenarioContainer { get; }

    public ScenarioExecutionStatus ScenarioExecutionStatus { get; internal set; }

    /// <summary>The step that runs, or the last one that ran.</summary>
    /// <exception cref="InvalidOperationException">No step has started yet.</exception>
    public ScenarioStepContext StepContext
    {
        get => _stepContext ?? throw new InvalidOperationException("No step of this scenario has started yet.");
        internal set => _stepContext = value;
    }
}
