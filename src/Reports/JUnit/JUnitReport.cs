using System.Globalization;
using System.Text;
using System.Xml;
using AirHil.Gherkin.Results;
using AirHil.Rig.Files;
using AirHil.Rig.Scenarios;

namespace AirHil.Reports.JUnit;

/// <summary>
/// Results as JUnit XML, as Jenkins's schema has it (junit-10.xsd of its xunit plugin): a suite a feature, a case a
/// scenario.
/// </summary>
public static class JUnitReport
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Writes the file; folders on the way are made, a file of that name is replaced.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, ReportData data) => WholeFile.Write(path, output => Write(output, data));

    public static void Write(Stream output, ReportData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var settings = new XmlWriterSettings { Indent = true, Encoding = new UTF8Encoding(false), NewLineChars = "\n" };
        using var xml = XmlWriter.Create(output, settings);
        var results = data.Scenarios.Where(s => s.Result is not null).ToArray();
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", Clean(data.Title));
        xml.WriteAttributeString("time", Seconds(data.Duration));
        WriteCounts(xml, results);
        foreach (var feature in results.GroupBy(s => s.Result!.Case.Feature)) WriteSuite(xml, data, [.. feature]);
        xml.WriteEndElement();
    }

    private static void WriteSuite(XmlWriter xml, ReportData data, ReportScenario[] scenarios)
    {
        var feature = scenarios[0].Result!.Case.Feature;
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(feature.Title));
        WriteCounts(xml, scenarios);
        xml.WriteAttributeString("skipped", Number(scenarios.Count(s => s.Result!.Status == CaseStatus.Skipped)));
        xml.WriteAttributeString(
            "time", Seconds(scenarios.Aggregate(TimeSpan.Zero, (sum, s) => sum + s.Result!.Duration)));
        if (data.StartedAt is { } started)
        {
            var began = started.UtcDateTime + scenarios.Min(s => s.Result!.Began);
            xml.WriteAttributeString("timestamp", began.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
        }

        xml.WriteAttributeString("file", Clean(feature.Location.File));
        xml.WriteStartElement("properties");
        WriteProperty(xml, "target", data.Target);
        if (data.Seed is { } seed) WriteProperty(xml, "seed", seed.ToString(CultureInfo.InvariantCulture));
        xml.WriteEndElement();
        foreach (var scenario in scenarios) WriteCase(xml, scenario);
        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, ReportScenario scenario)
    {
        var result = scenario.Result!;
        var prefix = result.Case.Feature.Title + " / ";
        var name = result.Case.FullName;
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString(
            "name", Clean(name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name));
        xml.WriteAttributeString("classname", Clean(result.Case.Feature.Title));
        xml.WriteAttributeString("time", Seconds(result.Duration));
        switch (result.Status)
        {
            case CaseStatus.Passed:
                break;
            case CaseStatus.Skipped:
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", Clean(result.SkipReason ?? ""));
                xml.WriteEndElement();
                break;
            default:
                xml.WriteStartElement("failure");
                xml.WriteAttributeString("type", result.Status.ToString());
                xml.WriteAttributeString("message", Clean(ShortMessage(result)));
                xml.WriteString(Clean(result.Message));
                xml.WriteEndElement();
                break;
        }

        xml.WriteElementString("system-out", Clean(Transcript(scenario)));
        xml.WriteEndElement();
    }

    private static string ShortMessage(ScenarioResult result) =>
        (result.Errors.Count > 0 ? result.Errors[0].Message : result.Message).Split('\n')[0].TrimEnd('\r');

    /// <summary>The steps and what became of them, what bindings wrote, and how to repeat it.</summary>
    private static string Transcript(ReportScenario scenario)
    {
        var text = new StringBuilder();
        var result = scenario.Result!;
        text.Append(result.Case.Location).Append('\n');
        foreach (var step in result.Steps) text.Append(Invariant, $"{step.Status,-9} {step.Step}\n");
        foreach (var line in result.Output) text.Append(line).Append('\n');
        foreach (var file in result.Attachments) text.Append(Invariant, $"[[ATTACHMENT|{file}]]\n");
        if (scenario.Repeat.Length > 0) text.Append("repeat it: ").Append(scenario.Repeat).Append('\n');
        return text.ToString();
    }

    private static void WriteCounts(XmlWriter xml, ReportScenario[] scenarios)
    {
        xml.WriteAttributeString("tests", Number(scenarios.Length));
        xml.WriteAttributeString(
            "failures",
            Number(scenarios.Count(s => s.Result!.Status is not (CaseStatus.Passed or CaseStatus.Skipped))));
        xml.WriteAttributeString("errors", "0");
    }

    private static void WriteProperty(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement("property");
        xml.WriteAttributeString("name", name);
        xml.WriteAttributeString("value", Clean(value));
        xml.WriteEndElement();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>
    /// XML 1.0 cannot hold most control characters, not even escaped, and others steer the terminal or the line of who
    /// reads the file; they are shown as \xNN or \uNNNN.
    /// </summary>
    private static string Clean(string text)
    {
        if (text.All(IsText)) return text;
        var clean = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else if (IsText(text[i]))
            {
                clean.Append(text[i]);
            }
            else
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\{(text[i] > 0xFF ? 'u' : 'x')}{(int)text[i]:X2}");
            }
        }

        return clean.ToString();
    }

    private static bool IsText(char c) => XmlConvert.IsXmlChar(c) && !TextView.Steers(c)
        && (c is '\t' or '\n' or '\r' || !char.IsControl(c));
}
