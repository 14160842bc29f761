using System.Globalization;
using System.Text;
using System.Text.Json;
using AirHil.Cli.Orders;
using AirHil.Cli.Streams;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Modem.Units;

namespace AirHil.Cli.Output;

/// <summary>Tells results in the order of the features, however they come in.</summary>
/// <param name="recording">The file that a scenario was recorded in; null: none.</param>
internal sealed class TestReport(
    Terminal terminal, TestOrder order, IReadOnlyList<ScenarioCase> cases, Func<ScenarioCase, string?> recording)
{
    private readonly Lock _gate = new();
    private readonly ScenarioResult?[] _results = new ScenarioResult?[cases.Count];
    private readonly bool _progress = !terminal.IsErrorRedirected && order is { IsJson: false, Hashes: false };
    private int _told;
    private int _featureStart;

    public int Total => cases.Count;

    /// <summary>What is there so far, in the order of the features.</summary>
    public IReadOnlyList<ScenarioResult> Results
    {
        get
        {
            lock (_gate) return [.. _results.OfType<ScenarioResult>()];
        }
    }

    public int Done { get; private set; }

    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public int Skipped { get; private set; }

    /// <summary>How often a scenario was tried again.</summary>
    public int Reruns { get; private set; }

    /// <summary>How far it came, in words.</summary>
    public string Told =>
        string.Create(CultureInfo.InvariantCulture, $"{Done} of {cases.Count} scenarios were run, {Failed} failed");

    public void Add(int index, ScenarioResult result)
    {
        lock (_gate)
        {
            _results[index] = result;
            Done++;
            if (result.Status == CaseStatus.Passed) Passed++;
            else if (result.Status == CaseStatus.Skipped) Skipped++;
            else Failed++;
            if (!order.Hashes) TellWhatIsReady();
        }
    }

    /// <summary>A scenario has failed and is tried again.</summary>
    public void NoteRerun(ScenarioResult failed)
    {
        lock (_gate)
        {
            Reruns++;
            if (order.IsJson || order.Hashes) return;
            terminal.Out.WriteLine($"again  {failed.Case.FullName}: {WithoutFrames(failed.Message).Split('\n')[0]}");
        }
    }

    /// <summary>On a terminal: a line with counts and virtual time, until it is disposed of.</summary>
    public IDisposable? ShowProgress(Func<TimeSpan> simulated) =>
        _progress ? new CountLine(terminal.Line, this, simulated) : null;

    /// <summary>Why scenarios were skipped, a line for each reason with how many it was.</summary>
    public IReadOnlyList<string> SkipReasons() =>
    [
        .. Results.Where(result => result.Status == CaseStatus.Skipped)
            .GroupBy(result => result.SkipReason ?? "", StringComparer.Ordinal)
            .Select(group => $"skipped {group.Count().ToString(CultureInfo.InvariantCulture)}: {group.Key}"),
    ];

    /// <param name="notModelled">Functions that the model does not have and that passed scenarios called.</param>
    /// <param name="stubs">Stubs that passed scenarios called.</param>
    public void End(
        TimeSpan wall, TimeSpan simulated, IReadOnlyCollection<string> notModelled, IReadOnlyCollection<string> stubs)
    {
        if (order.IsJson) return;
        var failures = _results.OfType<ScenarioResult>().Where(IsFailure);
        foreach (var result in failures) terminal.Out.WriteLine(Explain(result));
        if (notModelled.Count > 0)
        {
            terminal.Out.WriteLine($"allowed, although not modelled: {string.Join(", ", notModelled)}");
        }

        if (stubs.Count > 0) terminal.Out.WriteLine($"stubs: {string.Join(", ", stubs)}");
        foreach (var line in SkipReasons()) terminal.Out.WriteLine(line);
        var skipped = (Skipped > 0 ? $", {Skipped} skipped" : "") + (Reruns > 0 ? $", {Reruns} tried again" : "");
        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Passed} passed, {Failed} failed{skipped} in {wall.TotalSeconds:0.0} s " +
            $"({DurationText.Format(TimeSpan.FromSeconds(Math.Round(simulated.TotalSeconds)))} simulated, seed " +
            $"{order.Seed})"));
    }

    /// <summary>The line that is rewritten while scenarios run.</summary>
    private sealed class CountLine : IDisposable
    {
        private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);
        private readonly TextWriter _error;
        private readonly TestReport _report;
        private readonly Func<TimeSpan> _simulated;
        private readonly Timer _timer;

        public CountLine(TextWriter error, TestReport report, Func<TimeSpan> simulated)
        {
            _error = error;
            _report = report;
            _simulated = simulated;
            _timer = new Timer(_ => Show(), null, Period, Period);
        }

        public void Dispose()
        {
            _timer.Dispose();
            lock (_report._gate) _error.Write("\r" + new string(' ', 78) + "\r");
        }

        private void Show()
        {
            var time = DurationText.Format(TimeSpan.FromSeconds(Math.Floor(_simulated().TotalSeconds)));
            lock (_report._gate)
            {
                _error.Write($"\r{_report.Done} of {_report.Total} scenarios, {_report.Failed} failed, " +
                    $"{time} simulated   ");
            }
        }
    }

    private static bool IsFailure(ScenarioResult result) =>
        result.Status is not (CaseStatus.Passed or CaseStatus.Skipped);

    private void TellWhatIsReady()
    {
        for (; _told < cases.Count && _results[_told] is { } result; _told++)
        {
            if (order.IsJson) terminal.Out.WriteLine(Json(result));
            else if (order.Verbose)
            {
                terminal.Out.WriteLine(
                    $"{Word(result)} " +
                    $"{result.Case.FullName}{(result.SkipReason is null ? "" : $": {result.SkipReason}")}");
            }
            else if (IsLastOfFeature(_told)) TellFeature(_told);
        }
    }

    private bool IsLastOfFeature(int index) =>
        index + 1 == cases.Count || cases[index + 1].Feature != cases[index].Feature;

    private void TellFeature(int last)
    {
        var results = _results.AsSpan(_featureStart, last + 1 - _featureStart);
        var (passed, failed, skipped) = (0, 0, 0);
        foreach (var result in results)
        {
            if (result!.Status == CaseStatus.Passed) passed++;
            else if (IsFailure(result)) failed++;
            else skipped++;
        }

        _featureStart = last + 1;
        var counts = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{passed} passed");
        if (failed > 0) counts.Append(CultureInfo.InvariantCulture, $", {failed} FAILED");
        if (skipped > 0) counts.Append(CultureInfo.InvariantCulture, $", {skipped} skipped");
        terminal.Out.WriteLine($"{(failed > 0 ? "FAILED" : "ok    ")} {cases[last].Feature.Title}: {counts}");
    }

    private string Explain(ScenarioResult result)
    {
        var text = new StringBuilder();
        text.Append('\n').Append(Word(result)).Append(' ').AppendLine(result.Case.FullName);
        text.Append("  ").AppendLine(result.Case.Location.ToString());
        text.AppendLine(order.Verbose ? result.Message : WithoutFrames(result.Message));
        if (recording(result.Case) is { } file) text.Append("  recorded: ").AppendLine(file);
        text.Append("  repeat it: ").Append(order.Repeat(result.Case));
        return text.ToString();
    }

    /// <summary>Where in our own code an expectation failed helps nobody but us; -v shows it.</summary>
    private static string WithoutFrames(string message) =>
        string.Join('\n', message.Split('\n').Where(line => !line.StartsWith("   at ", StringComparison.Ordinal)));

    private static string Word(ScenarioResult result) => result.Status switch
    {
        CaseStatus.Passed => "ok     ",
        CaseStatus.Skipped => "skipped",
        CaseStatus.Undefined => "UNDEFINED",
        CaseStatus.Ambiguous => "AMBIGUOUS",
        CaseStatus.Pending => "PENDING",
        _ => "FAILED ",
    };

    private static string Json(ScenarioResult result)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("name", result.Case.FullName);
            json.WriteString("file", result.Case.Location.File);
            json.WriteNumber("line", result.Case.Location.Line);
            json.WriteString("status", result.Status.ToString().ToLowerInvariant());
            json.WriteNumber("seconds", Math.Round(result.Duration.TotalSeconds, 6));
            if (result.Message.Length > 0) json.WriteString("message", result.Message);
            if (result.SkipReason is not null) json.WriteString("reason", result.SkipReason);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
