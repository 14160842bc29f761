using System.Diagnostics;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Output;

/// <summary>What a command writes never replaces what it reads.</summary>
public sealed class OutputPathTests : IDisposable
{
    private const string Script = "log.info('x') while true do rtos.receive(-1) end";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_is_read_is_not_replaced()
    {
        await File.WriteAllTextAsync(Place("main.lua"), Script, TestContext.Current.CancellationToken);
        const string feature = "Feature: a\n  Scenario: b\n    Given the script \"main.lua\"\n";
        await File.WriteAllTextAsync(Place("a.feature"), feature, TestContext.Current.CancellationToken);
        (await Airhil.In(_folder, "run", "main.lua", "--for", "1s", "--record", "rec")).ShouldExitWith(0);
        File.Move(Directory.GetFiles(Place("rec")).Single(), Place("s.ndjson.zst"));
        File.Copy(Place("s.ndjson.zst"), Place("t.ndjson.zst"));
        File.CreateSymbolicLink(Place("link"), "s.ndjson.zst");
        string[][] commands =
        [
            ["run", "main.lua", "--for", "1s", "--coverage", "main.lua"],
            ["test", "a.feature", "--junit", "a.feature"],
            ["test", "a.feature", "--messages", "a.feature"],
            ["test", "a.feature", "--coverage", "main.lua"],
            ["hunt", "main.lua", "--schedules", "1", "--junit", "main.lua"],
            ["replay", "s.ndjson.zst", "--stimuli", "--record", "s.ndjson.zst"],
            ["compare", "s.ndjson.zst", "t.ndjson.zst", "--fit", "t.ndjson.zst"],
            ["compare", "s.ndjson.zst", "t.ndjson.zst", "--html", "s.ndjson.zst"],
            ["export", "s.ndjson.zst", "--html", "s.ndjson.zst"],
            ["export", "s.ndjson.zst", "--pcapng", "link"],
            ["export", "link", "--vcd", "s.ndjson.zst"],
        ];
        var before = Contents();
        foreach (var command in commands)
        {
            var outcome = await Airhil.In(_folder, command);
            outcome.ShouldExitWith(4).Error.ShouldContain($": '{command[^1]}' would be lost");
            Contents().ShouldBe(before, string.Join(' ', command));
        }

        (await Airhil.In(_folder, "export", "s.ndjson.zst", "--vcd", "x.vcd")).ShouldExitWith(0);
        (await Airhil.In(_folder, "export", "s.ndjson.zst", "--vcd", "x.vcd")).ShouldExitWith(0);
    }

    /// <param name="command">A device, a pipe, a file or an output that is named twice.</param>
    [Theory]
    [InlineData("run main.lua --for 1s --coverage pipe", "--coverage: 'pipe' is a device, a pipe or a socket")]
    [InlineData("run main.lua --for 1s --coverage /dev/full", "--coverage: '/dev/full' is a device")]
    [InlineData("test a.feature --junit pipe", "--junit: 'pipe' is a device")]
    [InlineData("export s.ndjson --html pipe", "--html: 'pipe' is a device")]
    [InlineData("replay s.ndjson --stimuli --record pipe", "--record: 'pipe' is a device")]
    [InlineData("run main.lua --for 1s --record /dev/null", "--record: '/dev/null' is no folder")]
    [InlineData("run main.lua --for 1s --record pipe", "--record: 'pipe' is no folder")]
    [InlineData("test a.feature --record main.lua", "--record: 'main.lua' is no folder")]
    [InlineData("test a.feature -o main.lua", "-o: 'main.lua' is no folder")]
    [InlineData("hunt main.lua --schedules 1 -o main.lua", "-o: 'main.lua' is no folder")]
    [InlineData("hunt main.lua --schedules 1 --corpus main.lua", "--corpus: 'main.lua' is no folder")]
    [InlineData("export s.ndjson --html x --vcd ./x", "--html and --vcd name one file")]
    [InlineData("compare s.ndjson s.ndjson --html x --fit x", "--fit and --html name one file")]
    [InlineData("test a.feature --junit x --messages x", "--junit and --messages name one file")]
    [InlineData("test a.feature --junit x --coverage x", "--coverage and --junit name one file")]
    [InlineData("test a.feature -o out --junit out/report.html", "--junit and -o name one file")]
    public async Task What_can_be_no_output_is_told_before_the_run(string command, string why)
    {
        _folder.Write("main.lua", Script);
        _folder.Write("a.feature", "Feature: a\n  Scenario: b\n    Given the script \"main.lua\"\n");
        var recording = Path.Combine(RepositoryRoot.Path, "fixtures", "sessions", "websocket-echo.ndjson");
        File.Copy(recording, Place("s.ndjson"));
        using (var make = Process.Start("mkfifo", Place("pipe"))) make.WaitForExit();
        (await Airhil.In(_folder, command.Split(' '))).ShouldExitWith(4).Error.ShouldStartWith($"airhil: {why}");
    }

    [Theory]
    [InlineData("run main.lua --for 1s --coverage")]
    [InlineData("test a.feature --junit")]
    [InlineData("test a.feature --messages")]
    [InlineData("hunt main.lua --schedules 1 --junit")]
    public async Task What_cannot_be_written_is_told_before_the_run(string command)
    {
        _folder.Write("main.lua", Script);
        _folder.Write("a.feature", "Feature: a\n  Scenario: b\n    Given the script \"main.lua\"\n");
        var outcome = await Airhil.In(_folder, [.. command.Split(' '), new string('x', 300)]);
        outcome.ShouldExitWith(4).Error.ShouldContain("too long");
        outcome.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_report_stays_until_the_next_is_there()
    {
        _folder.Write("main.lua", Script);
        _folder.Write("x", "TN:\nolder");
        (await Airhil.In(_folder, "run", "main.lua", "--coverage", "x", "--target", "board:none")).ExitCode
            .ShouldNotBe(0);
        File.ReadAllText(Place("x")).ShouldBe("TN:\nolder");
    }

    /// <param name="command">What it writes is "x", or in "out"; an older one is in its place, or notes of the user.
    /// </param>
    /// <param name="file">The file.</param>
    /// <param name="kind">What it is no file of.</param>
    [Theory]
    [InlineData("run main.lua --for 1s --coverage x", "x", "lcov file")]
    [InlineData("test a.feature --junit x", "x", "JUnit report")]
    [InlineData("test a.feature --messages x", "x", "file of Cucumber messages")]
    [InlineData("test a.feature -o out", "out/report.html", "page of AirHil")]
    [InlineData("test a.feature -o out", "out/junit.xml", "JUnit report")]
    [InlineData("hunt main.lua --schedules 1 --junit x", "x", "JUnit report")]
    [InlineData("hunt main.lua --schedules 1 -o out", "out/hunt.html", "page of AirHil")]
    [InlineData("export s.ndjson --html x", "x", "page of AirHil")]
    [InlineData("export s.ndjson --pcapng x", "x", "pcapng file")]
    [InlineData("export s.ndjson --vcd x", "x", "VCD file")]
    [InlineData("compare s.ndjson s.ndjson --fit x", "x", "profile")]
    [InlineData("replay s.ndjson --stimuli --record x.ndjson.zst", "x.ndjson.zst", "recorded session")]
    [InlineData("replay s.ndjson --stimuli --record x.ndjson.gz", "x.ndjson.gz", "recorded session")]
    [InlineData("replay s.ndjson --stimuli --record x.ndjson", "x.ndjson", "recorded session")]
    public async Task An_older_output_is_replaced_and_a_file_of_another_kind_is_not(
        string command, string file, string kind)
    {
        _folder.Write("main.lua", Script);
        _folder.Write("a.feature", "Feature: a\n  Scenario: b\n    Given the script \"main.lua\"\n");
        var recording = Path.Combine(RepositoryRoot.Path, "fixtures", "sessions", "websocket-echo.ndjson");
        File.Copy(recording, Place("s.ndjson"));
        _folder.Write(file, "");
        var code = (await Airhil.In(_folder, command.Split(' '))).ExitCode;
        File.ReadAllBytes(Place(file)).Length.ShouldBePositive();
        var again = await Airhil.In(_folder, command.Split(' '));
        again.ShouldExitWith(code).Error.ShouldNotContain("would be lost");

        _folder.Write(file, "<html><title>notes</title>");
        (await Airhil.In(_folder, command.Split(' '))).ShouldExitWith(4).Error
            .ShouldContain($"'{file}' would be lost, which is no {kind}; name another file, or delete it");
        File.ReadAllText(Place(file)).ShouldBe("<html><title>notes</title>");
    }

    [Fact]
    public async Task A_stream_of_the_process_may_be_named_twice()
    {
        _folder.Write("main.lua", Script);
        _folder.Write("a.feature", "Feature: a\n  Scenario: b\n    Given the script \"main.lua\"\n");
        (await Airhil.In(_folder, "test", "a.feature", "--junit", "/dev/null", "--messages", "/dev/null"))
            .ShouldExitWith(0);
    }

    private string Place(string name) => Path.Combine(_folder.Path, name);

    private string[] Contents() =>
    [
        .. Directory.GetFiles(_folder.Path).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];
}
