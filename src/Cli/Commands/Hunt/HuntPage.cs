using System.Globalization;
using System.Net;
using System.Text;
using AirHil.Gherkin.Plan;
using AirHil.Hunt.Search;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem.Units;
using AirHil.Rig.Files;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>
/// A hunt as one page without scripts: each finding with its first and its shrunk schedule on a time axis, what was
/// tried, and how much behaviour was known after so many schedules.
/// </summary>
internal sealed class HuntPage(string title)
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;margin:2em auto;max-width:1000px;padding:0 1em;color:#1c2733}" +
        "h1{font-size:1.5em}h2{font-size:1.2em;border-top:1px solid #d5dde5;padding-top:1em;margin-top:2em}" +
        "h3{font-size:1em;margin:1.5em 0 .3em}.bad{color:#b3261e}.maybe{color:#7a5200}.dim{color:#5b6b7b}" +
        "code,pre{font:13px/1.5 ui-monospace,monospace}pre{background:#f3f6f9;padding:.6em 1em;white-space:pre-wrap}" +
        "table{border-collapse:collapse}td,th{padding:.15em .8em .15em 0;text-align:left}td.n{text-align:right}" +
        "svg{display:block;width:100%;height:auto}.bar{width:400px}" +
        ".chart,.table{overflow-x:auto}.chart svg{min-width:960px}li,h2,h3,p,pre{overflow-wrap:anywhere}" +
        "@media(max-width:700px){.bar{width:16vw}td,th{padding-right:.4em}}" +
        "svg text{font:12px system-ui,sans-serif;fill:#1c2733}";

    private readonly StringBuilder _body = new();

    /// <summary>Adds a scenario that was hunted, with the file of each finding.</summary>
    public void Add(ScenarioCase scenario, HuntSubject subject, HuntSearch search, IReadOnlyList<string> files)
    {
        Line($"<h2>{Text(scenario.FullName)}</h2>");
        var found = search.Findings.Count(finding => !finding.IsSupposed);
        Line($"<p>{search.Tried} schedules, {found} found. What must hold:</p><ul>");
        foreach (var property in subject.Properties.Except(subject.Supposed)) Line($"<li>{Text(property.Clause)}</li>");
        Line($"</ul>");
        for (var i = 0; i < search.Findings.Count; i++) Add(search.Findings[i], i + 1, files[i]);
        foreach (var (truth, _, times) in search.Truths)
        {
            Line($"<p class=\"dim\">No finding: {Text(truth.Text)} ({times} schedules). The way round: ");
            Line($"{Text(truth.WayRound)}.</p>");
        }

        Line($"<h3>What was tried</h3>");
        Line($"<p class=\"dim\">Schedules with a fault of each kind; those that showed behaviour that was not ");
        Line($"known; those that broke something.</p>");
        Add(search.Tally);
        Line($"<h3>What was seen</h3>");
        Line($"<p class=\"dim\">Sequences of events (blue) and ways through the script (orange) that were known ");
        Line($"after so many schedules.</p>");
        _body.Append(HuntChart.Growth(search.Tally.Growth));
    }

    /// <summary>Writes the page; a file of that name is replaced.</summary>
    public void Write(string path, TimeSpan elapsed, ulong seed)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>Hunt of {Text(title)} · AirHil</title>
            <style>{Style}</style>
            </head>
            <body>
            <h1>Hunt of {Text(title)}</h1>
            <p class="dim">{elapsed.TotalSeconds:0.0} s, seed {seed}</p>
            {_body}</body>
            </html>

            """).ReplaceLineEndings("\n");
        WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    private void Add(Finding finding, int number, string file)
    {
        var kind = finding.IsSupposed ? "maybe" : "bad";
        Line($"<h3 class=\"{kind}\">{number}. {Text(finding.Violation.Property.Clause)}</h3>");
        if (finding.IsSupposed) Line($"<p>It is a finding only if the script must keep this.</p>");
        var state = finding.Cause.State.Length > 0 ? "; the module then: " + finding.Cause.State : "";
        var how = $"{finding.Violation.How}{state}";
        Line($"<p>First broken at {Text(DurationText.Say(finding.Violation.At))}: {Text(how)}.</p>");
        Line($"<p>{finding.Times} schedules show it.</p>");
        Line($"<p class=\"dim\">Schedule {finding.Schedule} as it was drawn:</p>");
        _body.Append(HuntChart.Schedule(finding.Found, finding.Length, null));
        Line($"<p class=\"dim\">Shrunk in {finding.ShrinkRuns} runs; the line is where it breaks:</p>");
        _body.Append(HuntChart.Schedule(finding.Shrunk, finding.Length, finding.Violation.At));
        Line($"<pre>airhil test {Text(file)}</pre>");
    }

    private void Add(HuntTally tally)
    {
        var most = Math.Max(1, tally.Kinds.Select(kind => kind.Schedules).DefaultIfEmpty().Max());
        Line($"<div class=\"table\"><table>");
        Line($"<tr><th>Kind</th><th>Schedules</th><th></th><th>New</th><th>Broke</th></tr>");
        foreach (var kind in tally.Kinds.OrderByDescending(kind => kind.Schedules))
        {
            Line($"<tr><td>{Text(kind.Kind)}</td><td class=\"n\">{kind.Schedules}</td><td>");
            Line($"{HuntChart.Bar(kind, most)}</td><td class=\"n\">{kind.New}</td>");
            Line($"<td class=\"n\">{kind.Broken}</td></tr>");
        }

        Line($"</table></div>");
    }

    private void Line(FormattableString line) =>
        _body.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
