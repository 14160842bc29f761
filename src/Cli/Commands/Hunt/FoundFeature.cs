using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AirHil.Gherkin.Plan;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Triage;
using AirHil.Modem.Acts;
using AirHil.Modem.Units;
using AirHil.Rig.Files;
using AirHil.Rig.Scenarios;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>
/// A finding as a feature that fails: the surroundings, the faults, and the property that they break.
/// </summary>
internal sealed partial class FoundFeature(
    ScenarioCase scenario, Rehearsal rehearsal, HuntSubject subject, Finding finding)
{
    /// <summary>
    /// The name of the file: that of the scenario, and the first number that is free. What another hunt has found, or
    /// somebody has made of it, stays.
    /// </summary>
    /// <param name="folder">Where it is to be.</param>
    /// <param name="bytes">What it is to hold; a file that holds just that is free.</param>
    /// <param name="taken">The names that the hunt has used; this one is added.</param>
    /// <param name="suffix">What tells the names of this hunt from those of others that write there now.</param>
    public static string FileName(
        ScenarioCase scenario, string folder, byte[] bytes, ISet<string> taken, string suffix)
    {
        var title = NotPlain().Replace(scenario.RecordingTitle.ToLowerInvariant(), "-").Trim('-');
        var start = title[..Math.Min(title.Length, 60)].Trim('-');
        for (var number = 1; ; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{start}-{number}{suffix}.feature");
            if (!taken.Contains(name) && IsFree(Path.Combine(folder, name), bytes) && taken.Add(name)) return name;
        }
    }

    private static bool IsFree(string path, byte[] bytes) => FileStatus.Of(path).Kind switch
    {
        FileKind.Missing => true,
        FileKind.Regular => InputFile.ReadHead(path, bytes.Length + 1).AsSpan().SequenceEqual(bytes),
        _ => false,
    };

    /// <summary>An act with its time as a step, without its keyword.</summary>
    public static string Step(ScheduledAct act)
    {
        var phrase = act.Act.ToString().Replace("\"", "\\x22", StringComparison.Ordinal);
        return act.Behind is { } anchor
            ? $"{DurationText.Format(anchor.Delay)} after the next \"{anchor.Kind}\" behind " +
                $"{DurationText.Format(act.At)}: \"{phrase}\""
            : $"at {DurationText.Format(act.At)}: \"{phrase}\"";
    }

    /// <summary>The text, for a file in that folder.</summary>
    public byte[] Bytes(string folder)
    {
        var text = new StringBuilder();
        Line(text, $"Feature: {OneLine(scenario.Feature.Title)} breaks");
        Line(text, $"  airhil hunt found it, and shrank the faults to what is here.");
        Line(text, $"  {OneLine(finding.Violation.ToString())}.");
        Line(text, $"");
        Line(text, $"  Scenario: {OneLine(finding.Violation.Property.Clause)}");
        Line(text, $"    Given the run's seed is {subject.Options.Seed}");
        foreach (var step in rehearsal.Arrangements)
        {
            Line(text, $"    And {Moved(step.Text, folder)}");
            if (step.DocString is { } doc) AppendDoc(text, doc);
            foreach (var row in step.Table ?? []) Line(text, $"      | {string.Join(" | ", row.Select(Cell))} |");
        }

        foreach (var act in finding.Shrunk.Acts) Line(text, $"    And {Step(act)}");
        var acts = subject.Acts;
        var isOn = acts is [{ At: var first, Act: SwitchOn }, ..] && first == TimeSpan.Zero;
        foreach (var act in acts.Skip(isOn ? 1 : 0)) Line(text, $"    And {Step(act)}");
        if (isOn) Line(text, $"    When power is applied");
        Line(text, $"    {(isOn ? "And" : "When")} {DurationText.Format(finding.Length)} passes");
        Line(text, $"    Then {finding.Violation.Property.Clause}");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>A step that names a script by its path means the same from another folder.</summary>
    private string Moved(string step, string folder)
    {
        var match = Script().Match(step);
        if (!match.Success) return step;
        var from = Path.GetDirectoryName(scenario.Feature.Location.File) ?? "";
        var name = match.Groups["name"].Value;
        var here = Directory.GetCurrentDirectory();
        var path = Above(Path.GetFullPath(from, here)).Concat(Above(here))
            .SelectMany(start =>
                (string[])
                [
                    Path.Combine(start, name), Path.Combine(start, "fixtures", "scripts", name),
                    Path.Combine(start, "fixtures", "peers", name),
                ])
            .FirstOrDefault(found => Directory.Exists(found) || File.Exists(found));
        if (path is null) return step;
        var moved = Path.GetRelativePath(Path.GetFullPath(folder), path).Replace('\\', '/');
        return $"{match.Groups["start"].Value}\"{moved}\"{match.Groups["rest"].Value}";
    }

    private static IEnumerable<string> Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            yield return folder.FullName;
        }
    }

    private static void AppendDoc(StringBuilder text, string doc)
    {
        Line(text, $"      \"\"\"");
        foreach (var line in doc.ReplaceLineEndings("\n").Split('\n'))
        {
            var shown = line.Replace("\"\"\"", "\\\"\\\"\\\"", StringComparison.Ordinal);
            Line(text, $"{(line.Length > 0 ? "      " : "")}{shown}");
        }

        Line(text, $"      \"\"\"");
    }

    /// <summary>As a cell of a table has it.</summary>
    public static string Cell(string cell) => cell.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string OneLine(string text) => TextView.Visible(text, 300);

    [GeneratedRegex("[^\\p{L}\\p{Nd}]+")]
    private static partial Regex NotPlain();

    [GeneratedRegex(
        "^(?<start>(the script|the libraries of folder|a peer|a service at \"[^\"]*\" that runs) )" +
        "\"(?<name>[^\"]*)\"(?<rest>.*)$")]
    private static partial Regex Script();
}
