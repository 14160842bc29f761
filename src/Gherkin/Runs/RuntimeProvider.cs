using AirHil.Gherkin.Results;
using Reqnroll;
using Reqnroll.ErrorHandling;
using Reqnroll.UnitTestProvider;

namespace AirHil.Gherkin.Runs;

/// <summary>Ends the scenario by the exceptions that the runner knows.</summary>
internal sealed class RuntimeProvider : IUnitTestRuntimeProvider
{
    public void TestPending(string message) => throw new PendingScenarioException(message);

    public void TestInconclusive(string message) => throw new ScenarioSkippedException(message);

    public void TestIgnore(string message) => throw new ScenarioSkippedException(message);

    public ScenarioExecutionStatus? DetectExecutionStatus(Exception exception) =>
        exception is ScenarioSkippedException ? ScenarioExecutionStatus.Skipped : null;
}
