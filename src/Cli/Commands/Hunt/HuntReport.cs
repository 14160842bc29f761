using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using AirHil.Cli.Streams;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Hunt.Search;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Modem.Units;
using AirHil.Rig.Properties;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>What a hunt tells: one line on a terminal while it goes on, and each finding.</summary>
internal sealed class HuntReport(Terminal terminal, HuntOrder order)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly bool _isVisible = !terminal.IsErrorRedirected;
    private int _tried;
    private TimeSpan _simulated;
    private int _novelty;
    private int _places;
    private int _cut;

    /// <summary>The names of the features that were written.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>How many faults of scripts were found.</summary>
    public int Findings { get; private set; }

    /// <summary>How many scenarios could not be hunted.</summary>
    public int Unfit { get; private set; }

    /// <summary>Hunts one scenario; null: it is broken without faults.</summary>
    public HuntSearch? Search(
        ScenarioCase scenario, HuntSubject subject, TimeSpan? time, IReadOnlyList<FaultSchedule> first,
        CancellationToken cancel)
    {
        HuntSearch search;
        try
        {
            search = new HuntSearch(subject, order.Seed, order.Jobs, first);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{scenario.Location}: {e.Message}");
        }

        if (search.BrokenWithout is { } violation)
        {
            TellUnfit(scenario, $"without any fault: {violation}");
            return null;
        }

        var clock = Stopwatch.StartNew();
        var shown = Stopwatch.StartNew();
        search.Run(order.Schedules ?? int.MaxValue, () =>
        {
            if (_isVisible && shown.Elapsed > Patience)
            {
                shown.Restart();
                terminal.Line.Write(string.Create(
                    CultureInfo.InvariantCulture,
                    $"\r{search.Tried} schedules, {search.Tried / clock.Elapsed.TotalSeconds:0} a second, " +
                    $"{search.Findings.Count(f => !f.IsSupposed)} found   "));
            }

            return cancel.IsCancellationRequested || clock.Elapsed > time;
        });
        if (_isVisible) terminal.Line.Write("\r" + new string(' ', 60) + "\r");
        _tried += search.Tried;
        _simulated += search.Simulated;
        _novelty += search.Novelty;
        _places += search.Places;
        _cut += search.CutShort;
        return search;
    }

    /// <summary>Tells what in the run without faults makes the hunt say little.</summary>
    public void Hint(ScenarioCase scenario, IReadOnlyList<string> hints)
    {
        foreach (var hint in hints)
        {
            if (!order.IsJson)
            {
                terminal.Out.WriteLine($"note   {scenario.FullName}: {TextView.Visible(hint, 600)}");
                continue;
            }

            Write(json =>
            {
                json.WriteString("hint", hint);
                json.WriteString("scenario", scenario.FullName);
            });
        }
    }

    /// <summary>Tells what was put around a script without a feature, and by what it is judged.</summary>
    public void TellSurroundings(ScenarioCase scenario, string feature, int runs)
    {
        if (order.IsJson)
        {
            Write(json =>
            {
                json.WriteString("surroundings", feature);
                json.WriteNumber("runs", runs);
                json.WriteString("scenario", scenario.FullName);
            });
            return;
        }

        terminal.Out.WriteLine(
            $"note   the script has no feature; this one was learned from {runs} runs without faults. Save it, " +
            "correct what is around the module, add what the script must keep, and hunt it:");
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(feature);
    }

    /// <summary>Tells by what a scenario without properties is judged.</summary>
    public void Judge(ScenarioCase scenario, HuntSubject subject)
    {
        if (order.IsJson) return;
        terminal.Out.WriteLine(
            $"note   {scenario.FullName} states no property; it is judged by these, which can be steps:");
        foreach (var property in subject.Properties) terminal.Out.WriteLine($"    Then {property.Clause}");
    }

    /// <summary>Tells what the run without faults kept, too. It judges nothing.</summary>
    public void Propose(ScenarioCase scenario, IReadOnlyList<Property> proposals)
    {
        if (proposals.Count == 0) return;
        if (order.IsJson)
        {
            foreach (var property in proposals)
            {
                Write(json =>
                {
                    json.WriteString("proposal", property.Clause);
                    json.WriteString("scenario", scenario.FullName);
                });
            }

            return;
        }

        terminal.Out.WriteLine(
            $"note   without faults {scenario.FullName} keeps these, too; add those that it must keep as steps:");
        foreach (var property in proposals) terminal.Out.WriteLine($"    Then {property.Clause}");
    }

    public void TellUnfit(ScenarioCase scenario, ScenarioResult result) => TellUnfit(
        scenario, result.Status == CaseStatus.Passed
            ? "it has not one script on one module, or nothing was done in it"
            : $"it does not pass without faults: {result.SkipReason ?? result.Message}");

    /// <summary>Tells a finding and the feature that shows it.</summary>
    /// <param name="fails">Whether the feature fails as `airhil test` runs it.</param>
    public void Tell(ScenarioCase scenario, Finding finding, string file, bool? fails)
    {
        if (!finding.IsSupposed) Findings++;
        if (order.IsJson)
        {
            Write(json =>
            {
                json.WriteString(finding.IsSupposed ? "maybe" : "finding", scenario.FullName);
                json.WriteString("clause", finding.Violation.Property.Clause);
                json.WriteNumber("at", finding.Violation.At.TotalSeconds);
                json.WriteString("how", finding.Violation.How);
                json.WriteString("state", finding.Cause.State);
                json.WriteStartArray("faults");
                foreach (var act in finding.Shrunk.Acts) json.WriteStringValue(act.ToString());
                json.WriteEndArray();
                json.WriteNumber("schedule", finding.Schedule);
                json.WriteNumber("events", finding.Found.Acts.Count);
                json.WriteNumber("shrinkRuns", finding.ShrinkRuns);
                json.WriteNumber("times", finding.Times);
                json.WriteString("feature", file);
                json.WriteString("recording", Path.ChangeExtension(file, ".ndjson.zst"));
                if (fails is { } repeats) json.WriteBoolean("repeats", repeats);
            });
            return;
        }

        var output = terminal.Out;
        output.WriteLine($"{(finding.IsSupposed ? "MAYBE" : "FOUND")}  {scenario.FullName}");
        if (finding.IsSupposed) output.WriteLine("  it is a finding only if the script must keep this:");
        output.WriteLine($"  {TextView.Visible(finding.Violation.ToString(), 600)}");
        if (finding.Cause.State.Length > 0) output.WriteLine($"  the module then: {finding.Cause.State}");
        foreach (var act in finding.Shrunk.Acts)
        {
            output.WriteLine($"    {TextView.Visible(FoundFeature.Step(act), 300)}");
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  schedule {finding.Schedule} of {finding.Found.Acts.Count} events, shrunk in {finding.ShrinkRuns} " +
            $"runs; {finding.Times} schedules show it"));
        output.WriteLine(fails switch
        {
            true => $"  repeat it: airhil test {ShellWords.Path(file)}",
            false => $"  {file} does not fail as airhil test runs it; this is a fault of AirHil: please report it",
            null => $"  {file} could not be written",
        });
    }

    public void TellTruths(ScenarioCase scenario, HuntSearch search)
    {
        if (!order.IsJson && search.Findings.All(finding => finding.IsSupposed))
        {
            var more = search.Findings.Count > 0 ? " else" : "";
            terminal.Out.WriteLine($"ok     {scenario.FullName}: {search.Tried} schedules break nothing{more}");
            terminal.Out.WriteLine($"  they were drawn from: {string.Join(", ", search.Kinds)}");
        }

        if (!order.IsJson && search.CutShort > 0)
        {
            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"note   {search.CutShort} schedules were ended early: the script kept the processor without a rest"));
        }

        foreach (var (truth, first, times) in search.Truths)
        {
            if (order.IsJson)
            {
                Write(json =>
                {
                    json.WriteString("truth", truth.Text);
                    json.WriteString("scenario", scenario.FullName);
                    json.WriteString("wayRound", truth.WayRound);
                    json.WriteNumber("times", times);
                });
                continue;
            }

            terminal.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"note   {truth.Text} ({times} schedules); it is no finding"));
            terminal.Out.WriteLine($"  the way round: {truth.WayRound}");
            terminal.Out.WriteLine($"  such as by: {string.Join("; ", first.Acts.Select(FoundFeature.Step))}");
        }
    }

    public void End(TimeSpan elapsed)
    {
        if (order.IsJson)
        {
            Write(json =>
            {
                json.WriteNumber("schedules", _tried);
                json.WriteNumber("findings", Findings);
                json.WriteNumber("simulated", _simulated.TotalSeconds);
                json.WriteNumber("sequences", _novelty);
                json.WriteNumber("places", _places);
                json.WriteNumber("cut", _cut);
                json.WriteNumber("seed", order.Seed);
            });
            return;
        }

        terminal.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Findings} found in {_tried} schedules in {elapsed.TotalSeconds:0.0} s " +
            $"({_tried / elapsed.TotalSeconds:0} a second, {DurationText.Format(Whole(_simulated))} simulated, " +
            $"{_novelty} sequences of events, {_places} ways through the script, seed {order.Seed})"));
    }

    private void TellUnfit(ScenarioCase scenario, string why)
    {
        Unfit++;
        terminal.Error.WriteLine($"airhil: {scenario.Location}: {scenario.FullName} cannot be hunted: {why}");
    }

    private void Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        terminal.Out.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    private static TimeSpan Whole(TimeSpan time) => TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds));
}
