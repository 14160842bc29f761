using System.Diagnostics;
using System.Text.Json;
using AirHil.Rig.Sessions;
using AirHil.Tests;

namespace AirHil.Cli.Tests.Output;

/// <summary>A disk that is full, and two runs that write into one folder.</summary>
public sealed class FullDiskTests
{
    private const string Feature =
        """
        Feature: Full
          Scenario: It prints
            Given the script:
              '''
              log.info("hello")
              '''
            When power is applied
            Then within 3 s the log shows "hello"
        """;

    private static readonly string[] Reports = ["junit.xml", "messages.ndjson", "report.html"];

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(64)]
    public async Task A_recording_on_a_full_disk_is_kept_up_to_there_and_the_command_says_so(int kilobytes)
    {
        using var folder = new TempFolder();
        var script = Path.Combine(RepositoryRoot.Path, "fixtures", "scripts", "websocket-echo");
        var outcome = await OnDisk(
            folder, kilobytes, $"run {script} --for 6h --record disk", "cp disk/* kept");

        outcome.ShouldExitWith(4).Error.ShouldContain("No space left on device");
        outcome.Error.ShouldMatch("it holds [0-9]+ events, up to .* of the run");
        outcome.Error.ShouldMatch("(?m)^session [0-9a-f]{64}$");
        var file = Directory.GetFiles(Path.Combine(folder.Path, "kept")).ShouldHaveSingleItem();
        using (var reader = SessionReader.Open(file))
        {
            reader.ReadEvents().Count().ShouldBeGreaterThan(10);
            reader.Repairs.ShouldHaveSingleItem();
        }

        (await Airhil.In(folder, "replay", file)).ShouldExitWith(0).Output.ShouldStartWith("the same: ");
    }

    /// <summary>The disk ends within each of them; the page alone takes more than 48 kB.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    [InlineData(48)]
    [InlineData(4000)]
    public async Task Reports_that_fit_are_written_those_that_matter_first_and_none_is_half(int kilobytes)
    {
        using var folder = new TempFolder();
        Write(folder);
        var outcome = await OnDisk(folder, kilobytes, "test full.feature -o disk", "cp disk/* kept");

        outcome.Output.ShouldContain("1 passed, 0 failed");
        var kept = Directory.GetFiles(Path.Combine(folder.Path, "kept")).Select(f => Path.GetFileName(f)).ToArray();
        kept.ShouldContain("junit.xml");
        kept.Except(Reports).ShouldBeEmpty();
        if (kilobytes >= 48) kept.ShouldContain("messages.ndjson");
        if (kept.Length < Reports.Length) outcome.ShouldExitWith(4).Error.ShouldContain("No space left on device");
        else outcome.ShouldExitWith(0);
        (kept.Length == Reports.Length).ShouldBe(kilobytes == 4000);
        foreach (var name in kept) ShouldBeWhole(Path.Combine(folder.Path, "kept", name));
    }

    [Theory]
    [InlineData("junit.xml")]
    [InlineData("messages.ndjson")]
    [InlineData("report.html")]
    public async Task A_report_that_cannot_be_written_loses_no_other(string report)
    {
        using var folder = new TempFolder();
        Write(folder);
        Directory.CreateDirectory(Path.Combine(folder.Path, "out", report));

        var outcome = (await Airhil.In(folder, "test", "full.feature", "-o", "out")).ShouldExitWith(4);
        outcome.Output.ShouldContain("1 passed, 0 failed");
        outcome.Error.ShouldContain(report);
        foreach (var other in Reports.Except([report])) ShouldBeWhole(Path.Combine(folder.Path, "out", other));
    }

    [Fact]
    public async Task A_finding_that_cannot_be_written_is_told_and_loses_no_report()
    {
        using var folder = new TempFolder();
        var hunted = Path.Combine(RepositoryRoot.Path, "fixtures", "hunt", "no-reconnect");
        var outcome = await OnDisk(
            folder, 4, $"hunt {hunted} --schedules 20 -o disk/found --junit kept/junit.xml", "true");

        outcome.ShouldExitWith(4).Error.ShouldContain("No space left on device");
        outcome.Output.ShouldContain("FOUND  ");
        outcome.Output.ShouldContain(".feature could not be written");
        File.ReadAllText(Path.Combine(folder.Path, "kept", "junit.xml")).ShouldContain("<failure");
    }

    [Fact]
    public async Task A_recording_that_cannot_be_written_loses_no_report()
    {
        using var folder = new TempFolder();
        Write(folder);
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");

        var outcome = (await Airhil.In(folder, "test", "full.feature", "--record", "file/there", "--junit", "j.xml"))
            .ShouldExitWith(4);
        outcome.Output.ShouldContain("1 passed, 0 failed");
        File.Exists(Path.Combine(folder.Path, "j.xml")).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_runs_into_one_folder_keep_the_recordings_and_reports_of_both()
    {
        using var folder = new TempFolder();
        Write(folder);
        var slow = Feature + "\n    When 1 s passes\n";
        folder.Write("slow.feature", slow.Replace("'''", "\"\"\"", StringComparison.Ordinal));
        var both = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Airhil.Started(
                folder, "test", "slow.feature", "-o", "out", "--record", "out/kept", "--clock", "wall")));
        foreach (var outcome in both) outcome.ShouldExitWith(0);

        Directory.GetFiles(Path.Combine(folder.Path, "out", "kept")).Length.ShouldBe(2);
        foreach (var file in Directory.GetFiles(Path.Combine(folder.Path, "out", "kept")))
        {
            using var reader = SessionReader.Open(file);
            reader.ReadEvents().ShouldNotBeEmpty();
            reader.Repairs.ShouldBeEmpty();
        }

        foreach (var report in (string[])["report.html", "report-2.html", "junit.xml", "junit-2.xml"])
        {
            File.Exists(Path.Combine(folder.Path, "out", report)).ShouldBeTrue(report);
        }

        // A later run takes the names of the first again, and its recordings are new files.
        (await Airhil.In(folder, "test", "slow.feature", "-o", "out", "--record", "out/kept")).ShouldExitWith(0)
            .Error.ShouldContain("report: " + Path.Combine("out", "report.html"));
        Directory.GetFiles(Path.Combine(folder.Path, "out", "kept")).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("test full.feature --junit j.xml", "cat j.xml")]
    [InlineData("run script --for 1m", "true")]
    [InlineData("steps", "true")]
    public async Task Standard_output_that_cannot_be_written_is_told(string command, string then)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full");
        using var folder = new TempFolder();
        Write(folder);
        folder.Script(
            "sys = require('sys') sys.timerLoopStart(function() log.info('beat') end, 5) sys.run()", "script");

        var outcome = (await Shell(folder, $"dotnet \"$0\" {command} > /dev/full; code=$?; {then}; exit $code"))
            .ShouldExitWith(4);
        outcome.Error.ShouldContain("airhil: standard output cannot be written: No space left on device");
        if (then != "true") outcome.Output.ShouldContain("</testsuites>");
        (await Shell(folder, $"dotnet \"$0\" {command} | true")).ShouldExitWith(0).Error
            .ShouldNotContain("cannot be written");
    }

    [Fact]
    public async Task An_emulated_board_on_a_full_disk_tells_the_disk_and_no_fault_of_AirHil()
    {
        using var folder = new TempFolder();
        folder.Script("log.info('hello')", "script");
        var outcome = await OnDisk(folder, 4, "bench emulate --script script --dir disk/board", "true");
        outcome.ShouldExitWith(4).Error.ShouldContain("No space left on device");
        outcome.Error.ShouldContain("could not go on: ");
        outcome.Error.ShouldNotContain("fault of AirHil");
    }

    [Fact]
    public async Task A_missing_folder_for_temporary_files_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the emulated board needs Linux");
        using var folder = new TempFolder();
        Write(folder);
        var outcome = await Shell(folder, "TMPDIR=/nowhere dotnet \"$0\" test full.feature --target board:emulated");
        outcome.ShouldExitWith(1).Output.ShouldContain(
            "no temporary folder can be made in '/nowhere/': there is no such folder; TMPDIR names another");
        outcome.Output.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Too_few_open_files_are_told_before_anything_fails()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit is read as Linux tells it");
        using var folder = new TempFolder();
        (await Shell(folder, "ulimit -n 64; dotnet \"$0\" steps")).ShouldExitWith(4).Error.ShouldBe(
            "airhil: this process may open 64 files at a time and needs 200; raise the limit: ulimit -n 200\n");
    }

    private static void ShouldBeWhole(string report)
    {
        var text = File.ReadAllText(report);
        switch (Path.GetExtension(report))
        {
            case ".xml":
                System.Xml.Linq.XDocument.Parse(text).Root!.Name.LocalName.ShouldBe("testsuites");
                break;
            case ".ndjson":
                foreach (var line in text.TrimEnd('\n').Split('\n')) JsonDocument.Parse(line).Dispose();
                text.ShouldContain("\"testRunFinished\"");
                break;
            default:
                text.TrimEnd().ShouldEndWith("</html>");
                break;
        }
    }

    /// <summary>Runs the command with a folder "disk" that is a file system of its own, of this size.</summary>
    private static async Task<Airhil.Outcome> OnDisk(TempFolder folder, int kilobytes, string command, string then)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a file system of a chosen size is a tmpfs of Linux");
        Directory.CreateDirectory(Path.Combine(folder.Path, "disk"));
        Directory.CreateDirectory(Path.Combine(folder.Path, "kept"));
        const string Mounted = "mount -t tmpfs -o size=";
        var trial = await Shell(folder, $"unshare -rm sh -c '{Mounted}4k tmpfs disk'");
        Assert.SkipUnless(trial.ExitCode == 0, $"no file system can be mounted here: {trial.Error}");
        return await Shell(
            folder,
            $"unshare -rm sh -c '{Mounted}{kilobytes}k tmpfs disk && dotnet \"$0\" {command}; code=$?; {then}; " +
            "exit $code' \"$0\"");
    }

    private static async Task<Airhil.Outcome> Shell(TempFolder folder, string line)
    {
        using var shell = Process.Start(
            new ProcessStartInfo("sh", ["-c", line, Path.Combine(AppContext.BaseDirectory, "airhil.dll")])
            {
                WorkingDirectory = folder.Path,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        var error = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Airhil.Outcome(shell.ExitCode, output, await error);
    }

    private static void Write(TempFolder folder) =>
        folder.Write("full.feature", Feature.Replace("'''", "\"\"\"", StringComparison.Ordinal));
}
