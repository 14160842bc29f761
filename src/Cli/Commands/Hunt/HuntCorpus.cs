using System.Text;
using AirHil.Cli.Output;
using AirHil.Cli.Usage;
using AirHil.Gherkin.Plan;
using AirHil.Modem.Acts;
using AirHil.Rig.Files;
using AirHil.Rig.Sessions;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>
/// A folder that keeps the interesting schedules of a hunt for the next one: a file for each scenario, with an empty
/// line between schedules.
/// </summary>
/// <param name="folder">Null: nothing is kept.</param>
internal sealed class HuntCorpus(string? folder)
{
    private const int MostBytes = 16 << 20;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>What the hunt of that scenario begins with.</summary>
    /// <exception cref="UsageException">The file cannot be read.</exception>
    public IReadOnlyList<FaultSchedule> Read(ScenarioCase scenario)
    {
        var read = InFile(scenario);
        _known.UnionWith(read.Select(schedule => schedule.ToString()));
        return read;
    }

    /// <summary>Keeps schedules, and behind them what other hunts have kept meanwhile.</summary>
    public void Write(ScenarioCase scenario, IEnumerable<FaultSchedule> kept)
    {
        if (folder is null) return;
        using var turn = FolderHold.TakeTurn(folder);
        var others = InFile(scenario).Where(schedule => !_known.Contains(schedule.ToString()));
        var text = new StringBuilder();
        foreach (var schedule in kept.Concat(others).Distinct()) text.Append(schedule).Append("\n\n");
        WholeFile.Write(PathOf(scenario), stream => stream.Write(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private IReadOnlyList<FaultSchedule> InFile(ScenarioCase scenario)
    {
        if (folder is null || FileStatus.Of(PathOf(scenario)).Kind == FileKind.Missing) return [];
        var text = InputFile.ReadText(PathOf(scenario), MostBytes).ReplaceLineEndings("\n");
        try
        {
            return
            [
                .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(FaultSchedule.Parse)
                    .Where(schedule => schedule.Acts.Count > 0),
            ];
        }
        catch (FormatException e)
        {
            throw new UsageException($"{PathOf(scenario)}: {e.Message}; mend the file or delete it");
        }
    }

    private string PathOf(ScenarioCase scenario) =>
        Path.Combine(folder!, Path.ChangeExtension(SessionFiles.NameFor(scenario.RecordingTitle), ".schedules"));
}
