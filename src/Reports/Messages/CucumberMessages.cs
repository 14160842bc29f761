using System.Runtime.InteropServices;
using System.Text;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Rig.Files;
using Cucumber.Messages;
using Gherkin;
using Gherkin.CucumberMessages;
using Gherkin.CucumberMessages.Pickles;
using Io.Cucumber.Messages.Types;

namespace AirHil.Reports.Messages;

/// <summary>
/// Results as Cucumber messages, one JSON object a line (github.com/cucumber/messages): what Cucumber's own formatters
/// read. Ids count up, so that equal runs give equal ids.
/// </summary>
public sealed class CucumberMessages
{
    private readonly IncrementingIdGenerator _ids = new();
    private readonly ReportData _data;
    private readonly StepCatalogue? _steps;
    private readonly Action<Envelope> _write;
    private readonly Dictionary<StepBinding, string> _definitions = [];
    private readonly string _run;

    private CucumberMessages(ReportData data, StepCatalogue? steps, Action<Envelope> write)
    {
        _data = data;
        _steps = steps;
        _write = write;
        _run = _ids.GetNewId();
    }

    /// <summary>Writes the file; folders on the way are made, a file of that name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReportData data, StepCatalogue? steps = null) =>
        WholeFile.Write(path, output => Write(output, data, steps));

    /// <summary>Writes the messages.</summary>
    /// <param name="steps">Bindings of the run, which are written with the steps that they fit; null: none are.</param>
    public static void Write(Stream output, ReportData data, StepCatalogue? steps = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var writer = new MessageToNdjsonWriter(
            output, (lines, message) => lines.Write(MessageJson.Line(message)));
        using (writer) new CucumberMessages(data, steps, writer.Write).Write();
    }

    private void Write()
    {
        var started = _data.StartedAt ?? DateTimeOffset.UnixEpoch;
        _write(Envelope.Create(Meta()));
        var results = _data.Scenarios.Where(s => s.Result is not null).ToArray();
        var pickles = results.GroupBy(s => s.Result!.Case.Feature.Location.File)
            .SelectMany(file => Pickles(file.Key, [.. file]))
            .ToDictionary(pair => pair.Scenario, pair => pair.Pickle);
        foreach (var binding in results.SelectMany(BindingsOf)) Define(binding);
        _write(Envelope.Create(new TestRunStarted(MessageResults.At(started), _run)));
        foreach (var scenario in results) Write(scenario, pickles[scenario], started);
        var success = results.All(s => s.Result!.Status is CaseStatus.Passed or CaseStatus.Skipped);
        _write(Envelope.Create(new TestRunFinished(
            null, success, MessageResults.At(started + _data.Duration), null, _run)));
    }

    private static Meta Meta()
    {
        var version = typeof(CucumberMessages).Assembly.GetName().Version?.ToString(3) ?? "";
        return new Meta(
            ProtocolVersion.Version.Split('+')[0],
            new Product("airhil", version),
            new Product(".NET", Environment.Version.ToString()),
            new Product(RuntimeInformation.OSDescription, null),
            new Product(RuntimeInformation.OSArchitecture.ToString(), null),
            null);
    }

    /// <summary>The source, its tree and its pickles; those that were run belong to their scenarios by line.</summary>
    private IEnumerable<(ReportScenario Scenario, Pickle Pickle)> Pickles(string file, ReportScenario[] scenarios)
    {
        Dictionary<long, Pickle> byLine = [];
        if (scenarios[0].Result!.Case.Feature.Source is { Length: > 0 } text)
        {
            _write(Envelope.Create(new Source(file, text, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN)));
            var tree = new AstMessagesConverter(_ids)
                .ConvertGherkinDocumentToEventArgs(new Parser().Parse(new StringReader(text)), file);
            _write(Envelope.Create(tree));
            foreach (var pickle in new PickleCompiler(_ids).Compile(tree))
            {
                byLine[pickle.Location?.Line ?? 0] = pickle;
                _write(Envelope.Create(pickle));
            }
        }

        foreach (var scenario in scenarios)
        {
            var found = scenario.Result!.Case;
            if (!byLine.TryGetValue(found.Location.Line, out var pickle))
            {
                _write(Envelope.Create(pickle = PickleOf(found)));
            }

            yield return (scenario, pickle);
        }
    }

    /// <summary>A pickle without a source behind it, for features that are no files.</summary>
    private Pickle PickleOf(ScenarioCase scenario) => new(
        _ids.GetNewId(), scenario.Location.File, new Location(scenario.Location.Line, 1), scenario.FullName,
        scenario.Feature.Language,
        [.. scenario.Steps.Select(s => new PickleStep(null, [], _ids.GetNewId(), PickleStepType.UNKNOWN, s.Text))],
        [], // A tag would have to name its place in a tree.
        []);

    private IEnumerable<StepBinding> BindingsOf(ReportScenario scenario) => _steps is null
        ? []
        : scenario.Result!.Case.Steps.Select(s => _steps.Find(s, scenario.Result.Case)).OfType<StepBinding>();

    private void Define(StepBinding binding)
    {
        if (!_definitions.TryAdd(binding, "")) return;
        var type = binding.IsRegularExpression
            ? StepDefinitionPatternType.REGULAR_EXPRESSION
            : StepDefinitionPatternType.CUCUMBER_EXPRESSION;
        _definitions[binding] = _ids.GetNewId();
        _write(Envelope.Create(new StepDefinition(
            _definitions[binding],
            new StepDefinitionPattern(binding.Source, type),
            new SourceReference(null, null, new JavaStackTraceElement(
                binding.Method.BindingClass.FullName ?? "", binding.Method.BindingClass.Name + ".cs",
                binding.Method.Name), null))));
    }

    private void Write(ReportScenario scenario, Pickle pickle, DateTimeOffset runStarted)
    {
        var result = scenario.Result!;
        var around = result.Around.Select(one => (One: one, Step: HookStep(one))).ToArray();
        (TestStepResult Result, TimeSpan? Began, TestStep Step)[] steps =
        [
            .. around.Where(one => one.One.IsBefore).Select(Failed),
            .. pickle.Steps.Zip(result.Steps, (step, found) => (MessageResults.Of(found), found.Began, new TestStep(
                null, _ids.GetNewId(), step.Id, DefinitionsOf(found, result.Case), null))),
            .. around.Where(one => !one.One.IsBefore).Select(Failed),
        ];
        var testCase = new TestCase(_ids.GetNewId(), pickle.Id, [.. steps.Select(s => s.Step)], _run);
        _write(Envelope.Create(testCase));
        var began = runStarted + result.Began;
        var attempt = _ids.GetNewId();
        _write(Envelope.Create(
            new TestCaseStarted(0, attempt, testCase.Id, null, MessageResults.At(began))));
        var at = began;
        foreach (var (found, stepBegan, step) in steps)
        {
            if (stepBegan is { } time) at = runStarted + time;
            _write(Envelope.Create(new TestStepStarted(attempt, step.Id, MessageResults.At(at))));
            at += TimeSpan.FromSeconds(found.Duration.Seconds) + TimeSpan.FromTicks(found.Duration.Nanos / 100);
            _write(Envelope.Create(new TestStepFinished(attempt, step.Id, found, MessageResults.At(at))));
        }

        Attach(scenario, attempt, at);
        _write(Envelope.Create(
            new TestCaseFinished(attempt, MessageResults.At(began + result.Duration), false)));
    }

    private static (TestStepResult, TimeSpan?, TestStep) Failed((AroundFailure One, TestStep Step) failure) => (
        MessageResults.Of(failure.One.Status, TimeSpan.Zero, failure.One.Error), null, failure.Step);

    /// <summary>What failed outside of the steps, as a step of a hook.</summary>
    private TestStep HookStep(AroundFailure failure)
    {
        var hook = new Hook(
            _ids.GetNewId(), failure.Place, new SourceReference(null, null, null, null), null,
            failure.IsBefore ? HookType.BEFORE_TEST_CASE : HookType.AFTER_TEST_CASE);
        _write(Envelope.Create(hook));
        return new TestStep(hook.Id, _ids.GetNewId(), null, null, null);
    }

    private List<string> DefinitionsOf(StepResult step, ScenarioCase scenario) =>
        _steps?.Find(step.Step, scenario) is { } binding ? [_definitions[binding]] : [];

    /// <summary>What bindings wrote, and how to repeat the scenario.</summary>
    private void Attach(ReportScenario scenario, string attempt, DateTimeOffset at)
    {
        var text = new StringBuilder().AppendJoin('\n', scenario.Result!.Output);
        if (scenario.Result.SkipReason is { } reason)
        {
            text.Append(text.Length > 0 ? "\n" : "").Append("skipped: ").Append(reason);
        }

        if (scenario.Repeat.Length > 0) text.Append(text.Length > 0 ? "\n" : "").Append(scenario.Repeat);
        if (text.Length == 0) return;
        _write(Envelope.Create(new Attachment(
            text.ToString(), AttachmentContentEncoding.IDENTITY, null, "text/x.cucumber.log+plain", null, attempt, null,
            null, null, null, MessageResults.At(at))));
    }
}
