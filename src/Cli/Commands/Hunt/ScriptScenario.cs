using System.Globalization;
using System.Text;
using AirHil.Gherkin.Plan;
using AirHil.Hunt.Subjects;
using AirHil.Hunt.Surroundings;
using AirHil.Modem.Units;
using AirHil.Rig.Peers;
using AirHil.Rig.Runs;
using AirHil.Steps.Drivers;

namespace AirHil.Cli.Commands.HuntCommands;

/// <summary>The scenario of a script that is hunted without a feature: what is around it is learned.</summary>
/// <param name="path">As the command line has it.</param>
internal sealed class ScriptScenario(string path)
{
    public const string AnalogHint =
        "the script reads an analogue input; say what it sees, such as: Given ADC 0 sees 0.5 V";

    private static readonly TimeSpan Length = TimeSpan.FromMinutes(2);
    private readonly string _name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));

    /// <summary>Whether the path is that of a script, and of no feature.</summary>
    public static bool Is(string path) => path.EndsWith(".lua", StringComparison.Ordinal)
        || File.Exists(Path.Combine(path, "main.lua")) || File.Exists(Path.Combine(path, "user", "main.lua"));

    /// <summary>The plan of a scenario in these surroundings.</summary>
    public FeaturePlan Plan(Learned? learned = null) =>
        FeaturePlan.Read((_name + ".feature", Text(learned, Length, [])));

    /// <summary>What is around the script, by runs without faults.</summary>
    public static Learned Learn(HuntSubject subject, CancellationToken cancel) => Learned.Of(
        subject.Options with { KeptEvents = int.MaxValue }, subject.Firmware, Peer, cancel);

    /// <summary>The feature, with the properties by which it is judged; it is so long that each of them is.</summary>
    public string Text(Learned learned, HuntSubject subject) => Text(
        learned, TimeSpan.FromMinutes(Math.Ceiling(subject.LengthBehind(TimeSpan.Zero).TotalMinutes)),
        [.. subject.Properties.Select(p => p.Clause)]);

    private string Text(Learned? learned, TimeSpan length, IReadOnlyList<string> clauses)
    {
        var text = new StringBuilder();
        Line(text, $"Feature: {_name}");
        Line(text, $"  Scenario: {_name} under faults");
        Line(text, $"    Given the script {Quoted(Path.GetFullPath(path))}");
        foreach (var neighbour in Neighbours(learned, isAct: false)) Step(text, "And", neighbour);
        Line(text, $"    When power is applied");
        foreach (var neighbour in Neighbours(learned, isAct: true)) Step(text, "And", neighbour);
        Line(text, $"    And {DurationText.Format(length)} passes");
        for (var i = 0; i < clauses.Count; i++) Line(text, $"    {(i == 0 ? "Then" : "And")} {clauses[i]}");
        return text.ToString();
    }

    /// <summary>Paths have no escapes.</summary>
    private static string Quoted(string file)
    {
        var quote = file.Contains('"', StringComparison.Ordinal) ? '\'' : '"';
        return quote + file.Replace(Path.DirectorySeparatorChar, '/') + quote;
    }

    private static IEnumerable<Neighbour> Neighbours(Learned? learned, bool isAct) =>
        learned?.Neighbours.Where(neighbour => neighbour.IsAct == isAct) ?? [];

    private static void Step(StringBuilder text, string keyword, Neighbour neighbour)
    {
        Line(text, $"    {keyword} {neighbour.Step}");
        foreach (var (name, value) in neighbour.Rows)
        {
            Line(text, $"      | {FoundFeature.Cell(name)} | {FoundFeature.Cell(value)} |");
        }
    }

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static PeerScript? Peer(string name)
    {
        try
        {
            return PeerScript.Read(ScriptFolder.Find(name, ".", "peers"), name);
        }
        catch (FirmwareNotFoundException)
        {
            return null;
        }
    }
}
