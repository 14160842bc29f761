using AirHil.Gherkin.Results;
using Cucumber.Messages;
using Io.Cucumber.Messages.Types;

namespace AirHil.Reports.Messages;

/// <summary>Results in the types of the protocol.</summary>
internal static class MessageResults
{
    public static Timestamp At(DateTimeOffset time) => Converters.ToTimestamp(time.UtcDateTime);

    public static TestStepResult Of(StepResult step) => Of(step.Status, step.Duration, step.Error);

    /// <param name="error">Null for what passed, or was passed over.</param>
    public static TestStepResult Of(CaseStatus status, TimeSpan duration, System.Exception? error) => new(
        Converters.ToDuration(duration), error?.Message,
        status switch
        {
            CaseStatus.Passed => TestStepResultStatus.PASSED,
            CaseStatus.Skipped => TestStepResultStatus.SKIPPED,
            CaseStatus.Pending => TestStepResultStatus.PENDING,
            CaseStatus.Undefined => TestStepResultStatus.UNDEFINED,
            CaseStatus.Ambiguous => TestStepResultStatus.AMBIGUOUS,
            _ => TestStepResultStatus.FAILED,
        },
        error is null
            ? null
            : new Io.Cucumber.Messages.Types.Exception(
                error.GetType().FullName ?? "", error.Message, error.StackTrace));
}
