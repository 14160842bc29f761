using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.Infrastructure;

namespace AirHil.Gherkin.Runs;

/// <summary>What a step without binding is told by: our suggestion in the place of Reqnroll's skeleton.</summary>
internal sealed class UndefinedMessages : ITestUndefinedMessageFactory
{
    public string BuildFromContext(ScenarioContext scenarioContext, FeatureContext featureContext) => "";

    public string BuildStepMessageFromContext(StepInstance step, FeatureContext featureContext) => "";
}
