using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Rig.Files;

namespace AirHil.Reports.Html;

/// <summary>
/// The report as one page: results, steps, and for each scenario its session on a timeline. The file needs nothing
/// beside it and no network; its policy forbids both. All that comes from a run is data of the page, never markup.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page; folders on the way are made, a file of that name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        WholeFile.Write(path, file =>
        {
            using var output = new StreamWriter(file, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
            Write(output, data);
        });
    }

    /// <summary>Writes the page. Each session is read once; at most one pack of it is held in memory.</summary>
    public static void Write(TextWriter output, ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        PageAssets.WriteHead(output, data.Title, connects: false);
        var scenarios = new JsonArray();
        for (var i = 0; i < data.Scenarios.Count; i++)
        {
            var id = i.ToString(CultureInfo.InvariantCulture);
            scenarios.Add(Describe(output, data.Scenarios[i], id));
        }

        PageAssets.WriteTail(output, Describe(data, scenarios));
    }

    /// <summary>What the page's head tells of the run.</summary>
    internal static JsonObject Describe(ReportData data, JsonArray scenarios) => new()
    {
        ["title"] = data.Title,
        ["target"] = data.Target,
        ["seed"] = data.Seed?.ToString(CultureInfo.InvariantCulture),
        ["startedAt"] = data.StartedAt?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
        ["wall"] = data.Duration.TotalSeconds,
        ["scenarios"] = scenarios,
    };

    /// <summary>What the page tells of a scenario besides its sessions.</summary>
    internal static JsonObject Describe(ReportScenario scenario)
    {
        var result = scenario.Result;
        var node = new JsonObject
        {
            ["name"] = result is null ? scenario.Title : NameOf(result.Case),
            ["fullName"] = result?.Case.FullName ?? scenario.Title,
            ["feature"] = result?.Case.Feature.Title ?? "",
            ["rule"] = result?.Case.Rule,
            ["place"] = result?.Case.Location.ToString(),
            ["status"] = result is null ? "session" : StatusOf(result.Status),
            ["seed"] = scenario.Seed?.ToString(CultureInfo.InvariantCulture),
            ["repeat"] = scenario.Repeat,
        };
        if (result is null) return node;
        node["tags"] = new JsonArray([.. result.Case.Tags.Select(tag => JsonValue.Create(tag))]);
        node["wall"] = result.Duration.TotalSeconds;
        node["message"] = result.Status == CaseStatus.Passed ? "" : result.SkipReason ?? result.Message;
        node["output"] = new JsonArray([.. result.Output.Select(line => JsonValue.Create(line))]);
        node["steps"] = Steps(result, scenario.StepTimes);
        return node;
    }

    private static JsonObject Describe(TextWriter output, ReportScenario scenario, string id)
    {
        var node = Describe(scenario);
        var sessions = new JsonArray();
        if (scenario.Session is { } session) sessions.Add(Embed(output, session, "e" + id + "a"));
        if (scenario.Comparison is { } comparison)
        {
            sessions.Add(Embed(output, comparison.Other, "e" + id + "b"));
            node["verdict"] = comparison.Verdict;
            node["diverges"] = new JsonArray(
                comparison.DivergesAt?.TotalSeconds, comparison.OtherDivergesAt?.TotalSeconds);
        }

        node["sessions"] = sessions;
        return node;
    }

    /// <summary>Writes a session's packs as elements of the page, and tells where they are.</summary>
    private static JsonObject Embed(TextWriter output, ReportSession session, string id)
    {
        var packer = new EventPacker();
        var packs = new JsonArray();
        long events = 0;
        foreach (var e in session.Events)
        {
            packer.Add(e);
            events++;
            if (packer.IsFull) EmbedPack(output, packer, id, packs);
        }

        if (packer.Count > 0) EmbedPack(output, packer, id, packs);
        return new JsonObject
        {
            ["title"] = session.Title,
            ["packs"] = packs,
            ["events"] = events,
            ["length"] = session.Length?.TotalSeconds,
            ["hash"] = session.Hash,
            ["startDate"] = session.StartDate?.ToUnixTimeMilliseconds(),
        };
    }

    private static void EmbedPack(TextWriter output, EventPacker packer, string id, JsonArray packs)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{id}{packs.Count}");
        packs.Add(name);
        output.Write($"<script type=\"text/plain\" id=\"{name}\">");
        output.Write(Convert.ToBase64String(packer.Take()));
        output.Write("</script>\n");
    }

    private static JsonArray Steps(ScenarioResult result, IReadOnlyList<StepTime> times)
    {
        var steps = new JsonArray();
        var ran = 0;
        foreach (var step in result.Steps)
        {
            StepTime? time = step.Began is not null && ran < times.Count ? times[ran] : null;
            if (step.Began is not null) ran++;
            steps.Add(new JsonObject
            {
                ["keyword"] = step.Step.Keyword,
                ["text"] = step.Step.Text,
                ["doc"] = step.Step.DocString,
                ["table"] = step.Step.Table is { } table
                    ? new JsonArray([.. table.Select(row => new JsonArray([.. row.Select(c => JsonValue.Create(c))]))])
                    : null,
                ["background"] = step.Step.IsBackground,
                ["line"] = step.Location.Line,
                ["status"] = StatusOf(step.Status),
                ["wall"] = step.Duration.TotalSeconds,
                ["message"] = step.Message,
                ["from"] = time?.From.TotalSeconds,
                ["to"] = time?.To.TotalSeconds,
            });
        }

        return steps;
    }

    private static string NameOf(ScenarioCase scenario)
    {
        if (scenario.Arguments.Count == 0) return scenario.Title;
        var title = scenario.Title;
        foreach (var (name, value) in scenario.Arguments)
        {
            title = title.Replace($"<{name}>", value, StringComparison.Ordinal);
        }

        if (title != scenario.Title) return title;
        return $"{title} ({string.Join(", ", scenario.Arguments.Select(a => $"{a.Key} = {a.Value}"))})";
    }

    private static string StatusOf(CaseStatus status) => status switch
    {
        CaseStatus.Passed => "passed",
        CaseStatus.Skipped => "skipped",
        CaseStatus.Pending => "pending",
        CaseStatus.Undefined => "undefined",
        CaseStatus.Ambiguous => "ambiguous",
        _ => "failed",
    };
}
