using System.Text.Json;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Output;

/// <summary>
/// Processes that write the same outputs at the same time: each ends well, nothing of any is lost where the names are
/// AirHil's own, and no file is half where the user has named one for all.
/// </summary>
public sealed class SeveralProcessesTests : IDisposable
{
    private const string Feature =
        """
        Feature: Both
          Scenario: It fails
            Given the script "firmware"
            When power is applied
            Then within 1 s the log shows "nothing"
        """;

    private readonly TempFolder _folder = new();

    public SeveralProcessesTests()
    {
        _folder.Script("log.info('hello') while true do rtos.receive(-1) end");
        _folder.Write("f.feature", Feature);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Runs_that_record_into_one_folder_leave_a_recording_each()
    {
        await AtOnce(0, 4, "run firmware --for 2s --record kept");
        var files = Directory.GetFiles(Place("kept"));
        files.Length.ShouldBe(4);
        foreach (var file in files) ShouldBeWhole(file);
    }

    [Fact]
    public async Task Tests_that_write_into_one_folder_leave_the_recording_of_each_failure()
    {
        await AtOnce(1, 3, "test f.feature -o out --coverage out/c.lcov");
        Directory.GetFiles(Place("out/sessions")).Length.ShouldBe(3);
        foreach (var file in Directory.GetFiles(Place("out"), "*", SearchOption.AllDirectories)) ShouldBeWhole(file);
    }

    [Theory]
    [InlineData("test f.feature --junit out/j.xml --messages out/m.ndjson --coverage out/c.lcov", 1)]
    [InlineData("export rec.ndjson --html out/page.html --pcapng out/x.pcapng --vcd out/x.vcd", 0)]
    [InlineData("compare rec.ndjson rec.ndjson --fit out/fit.json --html out/page.html", 0)]
    public async Task Files_that_the_user_names_for_all_are_one_of_theirs_and_whole(string command, int code)
    {
        await Record();
        await AtOnce(code, 3, command);
        var files = Directory.GetFiles(Place("out"));
        files.ShouldNotBeEmpty();
        foreach (var file in files) ShouldBeWhole(file);
    }

    /// <summary>A session that is being written belongs to who began it.</summary>
    [Fact]
    public async Task A_recording_that_another_process_writes_is_not_touched()
    {
        await Record();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Airhil.Started(
            _folder, "replay", "rec.ndjson", "--stimuli", "--record", "again.ndjson")));
        outcomes.Count(outcome => outcome.ExitCode == 0).ShouldBePositive();
        foreach (var outcome in outcomes.Where(outcome => outcome.ExitCode != 0))
        {
            outcome.ShouldExitWith(4).Error.ShouldContain("again.ndjson");
        }

        ShouldBeWhole(Place("again.ndjson"));
    }

    [Fact]
    public async Task Hunts_into_one_folder_keep_the_findings_of_each()
    {
        var hunted = Path.Combine(RepositoryRoot.Path, "fixtures", "hunt", "no-reconnect");
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 3).Select(seed => Airhil.Started(
            _folder, "hunt", hunted, "--schedules", "20", "--seed", $"{seed}", "-o", "found", "--corpus",
            "corpus", "--junit", "found/j.xml", "--format", "json")));
        var named = new List<string>();
        foreach (var outcome in outcomes)
        {
            outcome.ExitCode.ShouldBeOneOf([0, 1], $"{outcome.Error}{outcome.Output}");
            outcome.Error.ShouldNotContain("airhil: ");
            named.AddRange(outcome.Lines.Select(line => JsonDocument.Parse(line).RootElement)
                .Where(finding => finding.TryGetProperty("feature", out _))
                .Select(finding => finding.GetProperty("feature").GetString()!));
        }

        named.Count.ShouldBeGreaterThan(1);
        named.Distinct().Count().ShouldBe(named.Count);
        foreach (var name in named) File.ReadAllText(Place(name)).ShouldContain("airhil hunt found it");
        File.Exists(Place("found/hunt.html")).ShouldBeTrue();
        foreach (var file in Directory.GetFiles(Place("found"), "*", SearchOption.AllDirectories)) ShouldBeWhole(file);
    }

    private static void ShouldBeWhole(string file)
    {
        if (file.EndsWith(".lock", StringComparison.Ordinal)) return;
        file.EndsWith(".new", StringComparison.Ordinal).ShouldBeFalse(file);
        new FileInfo(file).Length.ShouldBePositive(file);
        if (file.EndsWith(".html", StringComparison.Ordinal)) End("</html>");
        else if (file.EndsWith(".lcov", StringComparison.Ordinal)) End("end_of_record");
        else if (file.EndsWith(".xml", StringComparison.Ordinal)) System.Xml.Linq.XDocument.Load(file);
        else if (file.EndsWith(".json", StringComparison.Ordinal)) JsonDocument.Parse(File.ReadAllText(file)).Dispose();
        else if (Path.GetFileName(file).StartsWith('m')) End("}");
        else if (file.Contains(".ndjson", StringComparison.Ordinal))
        {
            using var reader = SessionReader.Open(file);
            reader.ReadEvents().ShouldNotBeEmpty();
            reader.Repairs.ShouldBeEmpty(file);
        }

        void End(string end) => File.ReadAllText(file).TrimEnd().EndsWith(end, StringComparison.Ordinal)
            .ShouldBeTrue(file);
    }

    private string Place(string name) => Path.Combine(_folder.Path, name);

    private async Task Record()
    {
        (await Airhil.In(_folder, "run", "firmware", "--for", "2s", "--record", "rec")).ShouldExitWith(0);
        using var reader = SessionReader.Open(Directory.GetFiles(Place("rec")).Single());
        using var writer = new SessionWriter(Place("rec.ndjson"), reader.Header);
        while (reader.TryRead(out var entry))
        {
            if (entry.Note is { } note) writer.Append(note);
            else if (entry.Event is { } e) writer.Append(e);
        }

        writer.Finish(reader.End!.At, reader.End.Step);
    }

    private async Task AtOnce(int code, int count, string command)
    {
        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => Airhil.Started(_folder, command.Split(' '))));
        foreach (var outcome in outcomes) outcome.ShouldExitWith(code);
    }
}
