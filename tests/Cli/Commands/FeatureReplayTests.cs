using System.Diagnostics;
using AirHil.Gherkin.Bindings;
using AirHil.Gherkin.Plan;
using AirHil.Gherkin.Results;
using AirHil.Gherkin.Runs;
using AirHil.Modem.Sessions;
using AirHil.Rig.Comparison;
using AirHil.Rig.Replay;
using AirHil.Rig.Scenarios;
using AirHil.Rig.Sessions;
using AirHil.Steps;
using AirHil.Steps.Support;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Commands;

/// <summary>
/// Scenarios of /features, recorded and then replayed in all three ways, come back the same: in .ci/run all of them,
/// else every fourth of each file.
/// </summary>
public sealed class FeatureReplayTests : IDisposable
{
    private static readonly StepCatalogue Catalogue = StepCatalogue.Discover(typeof(ScriptSteps).Assembly);
    private readonly string _folder = Directory.CreateTempSubdirectory("airhil-").FullName;

    public static TheoryData<string> Features =>
    [
        .. Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "features"), "*.feature")
            .Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal),
    ];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Features))]
    public async Task A_feature_is_replayed_in_all_three_ways_without_a_difference(string feature)
    {
        var cases = FeaturePlan.Load(Path.Combine(RepositoryRoot.Path, "features", feature)).Cases;
        cases.ShouldNotBeEmpty();
        foreach (var one in LongRun.Sample(cases))
        {
            var file = Path.Combine(_folder, SessionFiles.NameFor(one.FullName, SessionCompression.Zstandard));
            var (status, message) = await Run(one, new RunSettings(), file);
            if (status == CaseStatus.Skipped) continue;
            File.Exists(file).ShouldBeTrue($"{one.FullName}: {message}");

            var exact = await ExactReplay.Run(() => SessionReader.Open(file));
            exact.Difference.ShouldBeNull($"{one.FullName}, repeated exactly");
            exact.Hash.ShouldBe(exact.RecordedHash, one.FullName);

            (await Stimulated(file)).Equal.ShouldBeTrue($"{one.FullName}, driven by its stimuli");

            var again = file + ".again.ndjson";
            var target = RecordedTarget.Open(file);
            var played = await Run(one, new RunSettings { Target = _ => target }, again);
            played.Message.ShouldBe(message, $"{one.FullName}, with the recording as its modem");
            played.Status.ShouldBe(status, $"{one.FullName}, with the recording as its modem");
            Events(again).ShouldBe(Events(file), $"{one.FullName}, with the recording as its modem");
        }
    }

    private async Task<ComparisonResult> Stimulated(string file)
    {
        var again = file + ".stimuli.ndjson";
        using (var reader = SessionReader.Open(file))
        {
            await using var bench = new Bench(reader.Header.ToOptions());
            using var recorder = SessionRecorder.Start(bench, again);
            await StimulusReplay.Drive(bench, reader);
            recorder.Finish();
        }

        return SessionComparer.Compare(
            () => SessionReader.Open(file), () => SessionReader.Open(again), new ComparisonOptions());
    }

    private static IEnumerable<string> Events(string file)
    {
        using var reader = SessionReader.Open(file);
        return
        [
            .. reader.ReadEvents().Where(e => e.Lane != SessionLane.Vitals).Select(
                e => $"{e with { Bytes = default }} {Convert.ToHexString(e.Bytes.Span)}"),
        ];
    }

    private static async Task<(CaseStatus Status, string Message)> Run(
        ScenarioCase one, RunSettings settings, string file)
    {
        SessionRecorder? recorder = null;
        var clock = Stopwatch.StartNew();
        settings = settings with
        {
            Started = (_, bench) => recorder = SessionRecorder.Start(bench, file),
            Finished = (_, _) => recorder?.Finish(),
        };
        await using var run = new FeatureRun(
            Catalogue, [one], () => clock.Elapsed, (_, container) => container.RegisterInstanceAs(settings));
        var result = await run.RunAsync(one);
        return (result.Status, result.Message);
    }
}
