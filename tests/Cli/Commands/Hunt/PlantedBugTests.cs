using System.Globalization;
using System.Text.Json;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands.HuntCommands;

/// <summary>
/// Scripts with one planted bug each, and their mended twins: schedules of a fixed number find each bug, and nothing in
/// a twin. AIRHIL_HUNT_SCHEDULES gives each twin so many.
/// </summary>
public sealed class PlantedBugTests
{
    private static readonly int[] Bugs = [24, 256];
    private static readonly int Twins = int.TryParse(
        Environment.GetEnvironmentVariable("AIRHIL_HUNT_SCHEDULES"), CultureInfo.InvariantCulture, out var many)
        ? many
        : 32;

    private static readonly string Root = Path.Combine(RepositoryRoot.Path, "fixtures", "hunt");

    public static TheoryData<string> Names =>
    [
        .. Directory.EnumerateDirectories(Root).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_planted_bug_is_found_and_shrunk_and_its_twin_is_clean(string name)
    {
        using var folder = new TempFolder();
        var bug = await Hunt(folder, name, "bug", Bugs[0]);
        if (bug.ExitCode == 0) bug = await Hunt(folder, name, "bug", Bugs[1]);
        bug.ShouldExitWith(1);
        var findings = bug.Lines.Select(line => JsonDocument.Parse(line).RootElement)
            .Where(line => line.TryGetProperty("finding", out _)).ToArray();
        findings[0].GetProperty("faults").GetArrayLength().ShouldBeInRange(1, 3, bug.Output);
        findings.ShouldAllBe(finding => finding.GetProperty("repeats").GetBoolean());
        (await Hunt(folder, name, "mended", Twins)).ShouldExitWith(0);
    }

    private static Task<Airhil.Outcome> Hunt(TempFolder folder, string name, string script, int schedules) => Airhil.In(
        folder, "hunt", Path.Combine(Root, name, name + ".feature"), "-k", "script=" + script, "--schedules",
        schedules.ToString(CultureInfo.InvariantCulture), "--format", "json");
}
