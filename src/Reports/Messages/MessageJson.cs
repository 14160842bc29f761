using System.Text.Json;
using System.Text.Json.Serialization;
using AirHil.Gherkin;
using Io.Cucumber.Messages.Types;

namespace AirHil.Reports.Messages;

/// <summary>Messages as the protocol's JSON has them: camel case, no nulls, enumerations by their words.</summary>
internal static class MessageJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new Words<SourceMediaType>(value => value.Value()),
            new Words<StepKeywordType>(value => value.Value()),
            new Words<PickleStepType>(value => value.Value()),
            new Words<TestStepResultStatus>(value => value.Value()),
            new Words<StepDefinitionPatternType>(value => value.Value()),
            new Words<AttachmentContentEncoding>(value => value.Value()),
        },
    };

    /// <summary>One message; all but one of them are null.</summary>
    public static Envelope Envelope(
        Attachment? attachment = null, GherkinDocument? gherkinDocument = null, Meta? meta = null,
        Pickle? pickle = null, Source? source = null, StepDefinition? stepDefinition = null, TestCase? testCase = null,
        TestCaseFinished? testCaseFinished = null, TestCaseStarted? testCaseStarted = null,
        TestRunFinished? testRunFinished = null, TestRunStarted? testRunStarted = null,
        TestStepFinished? testStepFinished = null, TestStepStarted? testStepStarted = null) => new(
        attachment, null, gherkinDocument, null, meta, null, null, pickle, null, source, stepDefinition, testCase,
        testCaseFinished, testCaseStarted, testRunFinished, testRunStarted, testStepFinished, testStepStarted, null,
        null, null);

    public static Timestamp At(DateTimeOffset time)
    {
        var ticks = (time - DateTimeOffset.UnixEpoch).Ticks;
        return new Timestamp(ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond * 100);
    }

    public static TestStepResult ResultOf(StepResult step)
    {
        var status = step.Status switch
        {
            CaseStatus.Passed => TestStepResultStatus.PASSED,
            CaseStatus.Skipped => TestStepResultStatus.SKIPPED,
            CaseStatus.Pending => TestStepResultStatus.PENDING,
            CaseStatus.Undefined => TestStepResultStatus.UNDEFINED,
            CaseStatus.Ambiguous => TestStepResultStatus.AMBIGUOUS,
            _ => TestStepResultStatus.FAILED,
        };
        var ticks = step.Duration.Ticks;
        var duration = new Duration(ticks / TimeSpan.TicksPerSecond, ticks % TimeSpan.TicksPerSecond * 100);
        var error = step.Error is null
            ? null
            : new Io.Cucumber.Messages.Types.Exception(
                step.Error.GetType().FullName ?? "", step.Error.Message, step.Error.StackTrace);
        return new TestStepResult(duration, step.Error?.Message, status, error);
    }

    private sealed class Words<T>(Func<T, string> word) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Messages are written here, not read.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(word(value));
    }
}
