using Reqnroll;
using Reqnroll.Bindings;
using Reqnroll.Infrastructure;

namespace AirHil.Gherkin.Runs;

/// <summary>The message of a step without a binding: our suggestion in place of Reqnroll's skeleton.</summary>
internal sealed class UndefinedMessages : ITestUndefinedMessageFactory
{
    public string BuildFromContext(ScenarioContext scenarioContext, FeatureContext featureContext) => "";

    public string BuildStepMessageFromContext(StepInstance step, FeatureContext featureContext) => "";
}
