using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using AirHil.Gherkin;
using AirHil.Gherkin.Bindings;
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
    public static void Write(string path, ReportData data, StepCatalogue? steps = null)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        using var output = File.Create(path);
        Write(output, data, steps);
    }

    /// <summary>Writes the messages.</summary>
    /// <param name="steps">Bindings of the run, which are told with the steps that they fit; null: none are.</param>
    /// <param name="source">Gives the text of a feature file; null, where there is none. By default it is read.</param>
    public static void Write(
        Stream output, ReportData data, StepCatalogue? steps = null, Func<string, string?>? source = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        var writer = new MessageToNdjsonWriter(
            output, (lines, message) => lines.Write(JsonSerializer.Serialize(message, MessageJson.Options)));
        using (writer) new CucumberMessages(data, steps, writer.Write).Write(source ?? Read);
    }

    private static string? Read(string file) => File.Exists(file) ? File.ReadAllText(file) : null;

    private void Write(Func<string, string?> source)
    {
        var started = _data.StartedAt ?? DateTimeOffset.UnixEpoch;
        _write(MessageJson.Envelope(meta: Meta()));
        var results = _data.Scenarios.Where(s => s.Result is not null).ToArray();
        var pickles = results.GroupBy(s => s.Result!.Case.Feature.Location.File)
            .SelectMany(file => Pickles(file.Key, source(file.Key), [.. file]))
            .ToDictionary(pair => pair.Scenario, pair => pair.Pickle);
        foreach (var binding in results.SelectMany(BindingsOf)) Define(binding);
        _write(MessageJson.Envelope(testRunStarted: new TestRunStarted(MessageJson.At(started), _run)));
        foreach (var scenario in results) Write(scenario, pickles[scenario], started);
        var success = results.All(s => s.Result!.Status is CaseStatus.Passed or CaseStatus.Skipped);
        _write(MessageJson.Envelope(testRunFinished: new TestRunFinished(
            null, success, MessageJson.At(started + _data.Duration), null, _run)));
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
    private IEnumerable<(ReportScenario Scenario, Pickle Pickle)> Pickles(
        string file, string? text, ReportScenario[] scenarios)
    {
        Dictionary<long, Pickle> byLine = [];
        if (text is not null)
        {
            _write(MessageJson.Envelope(source: new Source(file, text, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN)));
            var tree = new AstMessagesConverter(_ids)
                .ConvertGherkinDocumentToEventArgs(new Parser().Parse(new StringReader(text)), file);
            _write(MessageJson.Envelope(gherkinDocument: tree));
            foreach (var pickle in new PickleCompiler(_ids).Compile(tree))
            {
                byLine[pickle.Location?.Line ?? 0] = pickle;
                _write(MessageJson.Envelope(pickle: pickle));
            }
        }

        foreach (var scenario in scenarios)
        {
            var found = scenario.Result!.Case;
            if (!byLine.TryGetValue(found.Location.Line, out var pickle))
            {
                _write(MessageJson.Envelope(pickle: pickle = PickleOf(found)));
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
        _write(MessageJson.Envelope(stepDefinition: new StepDefinition(
            _definitions[binding],
            new StepDefinitionPattern(binding.Source, type),
            new SourceReference(null, null, new JavaStackTraceElement(
                binding.Method.BindingClass.FullName ?? "", binding.Method.BindingClass.Name + ".cs",
                binding.Method.Name), null))));
    }

    private void Write(ReportScenario scenario, Pickle pickle, DateTimeOffset runStarted)
    {
        var result = scenario.Result!;
        var steps = pickle.Steps.Zip(result.Steps, (step, found) => (
            Result: found,
            Step: new TestStep(null, _ids.GetNewId(), step.Id, DefinitionsOf(found, result.Case), null))).ToArray();
        var testCase = new TestCase(_ids.GetNewId(), pickle.Id, [.. steps.Select(s => s.Step)], _run);
        _write(MessageJson.Envelope(testCase: testCase));
        var began = runStarted + result.Began;
        var attempt = _ids.GetNewId();
        _write(MessageJson.Envelope(
            testCaseStarted: new TestCaseStarted(0, attempt, testCase.Id, null, MessageJson.At(began))));
        var at = began;
        foreach (var (found, step) in steps)
        {
            if (found.Began is { } stepBegan) at = runStarted + stepBegan;
            _write(MessageJson.Envelope(testStepStarted: new TestStepStarted(attempt, step.Id, MessageJson.At(at))));
            at += found.Duration;
            _write(MessageJson.Envelope(testStepFinished: new TestStepFinished(
                attempt, step.Id, MessageJson.ResultOf(found), MessageJson.At(at))));
        }

        Attach(scenario, attempt, at);
        _write(MessageJson.Envelope(
            testCaseFinished: new TestCaseFinished(attempt, MessageJson.At(began + result.Duration), false)));
    }

    private List<string> DefinitionsOf(StepResult step, ScenarioCase scenario) =>
        _steps?.Find(step.Step, scenario) is { } binding ? [_definitions[binding]] : [];

    /// <summary>What bindings wrote, and how to repeat the scenario.</summary>
    private void Attach(ReportScenario scenario, string attempt, DateTimeOffset at)
    {
        var text = new StringBuilder().AppendJoin('\n', scenario.Result!.Output);
        if (scenario.Repeat.Length > 0) text.Append(text.Length > 0 ? "\n" : "").Append(scenario.Repeat);
        if (text.Length == 0) return;
        _write(MessageJson.Envelope(attachment: new Attachment(
            text.ToString(), AttachmentContentEncoding.IDENTITY, null, "text/x.cucumber.log+plain", null, attempt, null,
            null, null, null, MessageJson.At(at))));
    }
}
