using System.Globalization;
using System.Text.Json;
using AirHil.VirtualModem.Parameters;

namespace AirHil.Cli.Corpus;

/// <summary>Prints what became of each project, the totals, and what stops most of them.</summary>
internal static class CorpusReport
{
    private const int MostStops = 20;
    private const int MostDetail = 120;

    /// <summary>A line for a project: the outcome, the folder, and what stopped it.</summary>
    public static string Line(ProjectResult result, int folderWidth)
    {
        var why = result.Names.Count > 0 ? string.Join(", ", result.Names) : Short(result.Detail);
        return $"{Word(result.Outcome),-13} {result.Folder.PadRight(folderWidth)}  {why}".TrimEnd();
    }

    /// <summary>The same as a JSON object on one line.</summary>
    public static string Json(ProjectResult result) => JsonSerializer.Serialize(new
    {
        folder = result.Folder,
        outcome = Word(result.Outcome),
        names = result.Names,
        detail = result.Detail,
    });

    /// <summary>The totals, and the functions and modules that stop most projects.</summary>
    /// <param name="results">Of all projects.</param>
    /// <param name="release">The firmware that they ran on.</param>
    public static IEnumerable<string> Totals(IReadOnlyCollection<ProjectResult> results, int release)
    {
        var counts = Enum.GetValues<ProjectOutcome>()
            .Select(outcome => (Outcome: outcome, Count: results.Count(result => result.Outcome == outcome)))
            .Where(entry => entry.Count > 0 || entry.Outcome == ProjectOutcome.Whole)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Count} {Word(entry.Outcome)}"));
        var projects = results.Count == 1 ? "project" : "projects";
        yield return string.Create(
            CultureInfo.InvariantCulture, $"{results.Count} {projects}: {string.Join(", ", counts)}");
        var stops = Stops(results, release);
        if (stops.Length == 0) yield break;
        if (results.Any(result => result.Outcome == ProjectOutcome.MissingModule))
        {
            yield return "note: a module that is the vendor's library comes from a folder: --lib DIR or AIRHIL_LIB";
        }

        yield return "What stops most (projects that call it; in brackets: projects that it stops first):";
        foreach (var (name, all, first) in stops.Take(MostStops))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{all,5} ({first})  {name}");
        }

        if (stops.Length > MostStops)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"      … and {stops.Length - MostStops} more");
        }
    }

    private static (string Name, int All, int First)[] Stops(IEnumerable<ProjectResult> results, int release) =>
    [
        .. results
            .SelectMany(result => result.Names.Select(
                (name, i) => (Name: Titled(result.Outcome, name, release), First: i == 0)))
            .GroupBy(entry => entry.Name, StringComparer.Ordinal)
            .Select(group => (group.Key, All: group.Count(), First: group.Count(entry => entry.First)))
            .OrderByDescending(stop => stop.First)
            .ThenByDescending(stop => stop.All)
            .ThenBy(stop => stop.Key, StringComparer.Ordinal),
    ];

    /// <summary>The names are those of V1112; the table of later releases has changes of behaviour alone.</summary>
    private static string Titled(ProjectOutcome outcome, string name, int release) => outcome switch
    {
        ProjectOutcome.MissingModule => $"module '{name}' not found",
        ProjectOutcome.NotOnModule when release == FirmwareRelease.Modelled => $"V1112 has no {name}",
        ProjectOutcome.NotOnModule => $"{FirmwareRelease.Name(release)}, with the functions of V1112, has no {name}",
        _ => name,
    };

    private static string Short(string text) => text.Length <= MostDetail ? text : text[..MostDetail] + " …";

    private static string Word(ProjectOutcome outcome) => outcome switch
    {
        ProjectOutcome.Whole => "whole",
        ProjectOutcome.NotModelled => "not modelled",
        ProjectOutcome.NotOnModule => "not on module",
        ProjectOutcome.MissingModule => "no module",
        ProjectOutcome.Error => "error",
        _ => "not loaded",
    };
}
