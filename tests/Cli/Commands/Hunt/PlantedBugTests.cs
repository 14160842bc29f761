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
    /// <summary>
    /// Few schedules find most bugs; more are tried only where fewer found nothing. A bug that only rare schedules show
    /// needs some 40 with one seed and more than 1,024 with another.
    /// </summary>
    private static readonly int[] Bugs = [24, 256, 1024, 4096];

    private static readonly int Twins = LongRun.Number("AIRHIL_HUNT_SCHEDULES", LongRun.Part(32));

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
        var tried = 0;
        var bug = await Hunt(folder, name, "bug", Bugs[tried]);
        while (bug.ExitCode == 0 && ++tried < Bugs.Length) bug = await Hunt(folder, name, "bug", Bugs[tried]);
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
